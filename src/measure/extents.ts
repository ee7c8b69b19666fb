import { EigenvalueDecomposition, Matrix } from 'ml-matrix'
import type { Occupancy } from '../analyze/segment/occupancy.ts'
import { applyAffine, worldFromIndex } from '../core/geometry/geometry.ts'
import type { Vector3 } from '../core/math/vector.ts'

/** Minimum number of places from which an extent is measured. */
const minPlaces = 10

/**
 * Extents of the labyrinth (mm) along its principal axes, the longest first: from end to end of its surface. Undefined
 * where hardly anything is outlined.
 */
export function labyrinthExtents(occupancy: Occupancy): Vector3 | undefined {
  const places = surfacePlaces(occupancy)
  const count = places.length / 3
  if (count < minPlaces) return undefined
  for (const axis of [0, 1, 2]) {
    let sum = 0
    for (let n = 0; n < count; n++) sum += places[3 * n + axis] as number
    for (let n = 0; n < count; n++) places[3 * n + axis] = (places[3 * n + axis] as number) - sum / count
  }
  const moment = (a: number, b: number): number => {
    let sum = 0
    for (let n = 0; n < count; n++) sum += (places[3 * n + a] as number) * (places[3 * n + b] as number)
    return sum
  }
  const moments = new Matrix([0, 1, 2].map((a) => [0, 1, 2].map((b) => moment(a, b))))
  const { eigenvectorMatrix } = new EigenvalueDecomposition(moments, { assumeSymmetric: true })
  const extent = (axis: number): number => {
    const [x, y, z] = eigenvectorMatrix.getColumn(axis) as [number, number, number]
    let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
    for (let n = 0; n < count; n++) {
      const at = x * (places[3 * n] as number) + y * (places[3 * n + 1] as number) + z * (places[3 * n + 2] as number)
      least = Math.min(least, at)
      greatest = Math.max(greatest, at)
    }
    return greatest - least
  }
  // Eigenvalues ascend: the places spread most along the last.
  return [extent(2), extent(1), extent(0)]
}

/**
 * Where lines between neighbouring voxels cross the surface: half of a voxel there belongs to the labyrinth.
 * @returns x, y, z one after the other, LPS mm
 */
function surfacePlaces({ geometry, parts }: Occupancy): Float64Array {
  const [nx, ny, nz] = geometry.size
  const shares = labyrinthShares(parts)
  const toWorld = worldFromIndex(geometry)
  const places: number[] = []
  const isCrossed = (at: number, next: number): boolean =>
    (shares[at] as number) >= 0.5 !== (shares[next] as number) >= 0.5
  /** How far from one voxel to the next, 0 to 1. */
  const step = (at: number, next: number): number => {
    const here = shares[at] as number
    return (here - 0.5) / (here - (shares[next] as number))
  }
  const add = (i: number, j: number, k: number): unknown => places.push(...applyAffine(toWorld, [i, j, k]))
  const [right, below, behind] = [1, nx, nx * ny]
  for (let k = 0, at = 0; k < nz; k++) {
    for (let j = 0; j < ny; j++) {
      for (let i = 0; i < nx; i++, at++) {
        if (i + 1 < nx && isCrossed(at, at + right)) add(i + step(at, at + right), j, k)
        if (j + 1 < ny && isCrossed(at, at + below)) add(i, j + step(at, at + below), k)
        if (k + 1 < nz && isCrossed(at, at + behind)) add(i, j, k + step(at, at + behind))
      }
    }
  }
  return Float64Array.from(places)
}

function labyrinthShares(parts: readonly Float32Array[]): Float32Array {
  const sum = new Float32Array(parts[0]?.length ?? 0)
  for (const part of parts) for (let at = 0; at < sum.length; at++) sum[at] = (sum[at] as number) + (part[at] as number)
  return sum
}
