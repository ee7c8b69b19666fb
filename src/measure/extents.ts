import { EigenvalueDecomposition, Matrix } from 'ml-matrix'
import type { Occupancy } from '../analyze/segment/occupancy.ts'
import { applyAffine, worldFromIndex } from '../core/geometry/geometry.ts'
import { mean } from '../core/math/mean.ts'
import { subtract, type Vector3 } from '../core/math/vector.ts'

/** Minimum number of places from which an extent is measured. */
const minPlaces = 10

/**
 * Extents of the labyrinth (mm) along its principal axes, the longest first: from end to end of its surface. Undefined
 * where hardly anything is outlined.
 */
export function labyrinthExtents(occupancy: Occupancy): Vector3 | undefined {
  const places = surfacePlaces(occupancy)
  if (places.length < minPlaces) return undefined
  const meanAlong = (axis: 0 | 1 | 2): number => mean(places.map((place) => place[axis]))
  const middle: Vector3 = [meanAlong(0), meanAlong(1), meanAlong(2)]
  const offsets = new Matrix(places.map((place) => [...subtract(place, middle)]))
  const { eigenvectorMatrix } = new EigenvalueDecomposition(offsets.transpose().mmul(offsets), {
    assumeSymmetric: true
  })
  const along = offsets.mmul(eigenvectorMatrix)
  const extent = (axis: number): number => {
    const { min, max } = along
      .getColumn(axis)
      .reduce((range, at) => ({ min: Math.min(range.min, at), max: Math.max(range.max, at) }), {
        min: Number.POSITIVE_INFINITY,
        max: Number.NEGATIVE_INFINITY
      })
    return max - min
  }
  // Eigenvalues ascend: the places spread most along the last.
  return [extent(2), extent(1), extent(0)]
}

/** Where lines between neighbouring voxels cross the surface, LPS mm: half of a voxel there belongs to the labyrinth. */
function surfacePlaces({ geometry, parts }: Occupancy): Vector3[] {
  const [nx, ny, nz] = geometry.size
  const shares = labyrinthShares(parts)
  const toWorld = worldFromIndex(geometry)
  const places: Vector3[] = []
  const isCrossed = (at: number, next: number): boolean =>
    (shares[at] as number) >= 0.5 !== (shares[next] as number) >= 0.5
  /** How far from one voxel to the next, 0 to 1. */
  const step = (at: number, next: number): number => {
    const here = shares[at] as number
    return (here - 0.5) / (here - (shares[next] as number))
  }
  const add = (place: Vector3): unknown => places.push(applyAffine(toWorld, place))
  const [right, below, behind] = [1, nx, nx * ny]
  for (let k = 0, at = 0; k < nz; k++) {
    for (let j = 0; j < ny; j++) {
      for (let i = 0; i < nx; i++, at++) {
        if (i + 1 < nx && isCrossed(at, at + right)) add([i + step(at, at + right), j, k])
        if (j + 1 < ny && isCrossed(at, at + below)) add([i, j + step(at, at + below), k])
        if (k + 1 < nz && isCrossed(at, at + behind)) add([i, j, k + step(at, at + behind)])
      }
    }
  }
  return places
}

function labyrinthShares(parts: readonly Float32Array[]): Float32Array {
  const sum = new Float32Array(parts[0]?.length ?? 0)
  for (const part of parts) for (let at = 0; at < sum.length; at++) sum[at] = (sum[at] as number) + (part[at] as number)
  return sum
}
