import type { Volume } from '../volume.ts'
import { applyAffine, createGeometry, type Geometry, worldFromIndex } from './geometry.ts'

/** Points along one axis of a source: the continuous indices `first`, `first + factor`, …, each for `factor` voxels. */
export interface LatticeAxis {
  readonly first: number
  readonly factor: number
  readonly count: number
}

export type Lattice = readonly [x: LatticeAxis, y: LatticeAxis, z: LatticeAxis]

/**
 * The means of the boxes about the points of a lattice, each `factor` voxels wide; voxels that a box cuts count by the
 * share inside, and a box that reaches beyond the volume is the mean of what is there. Slice by slice, to hold little.
 */
export function averageAbout(volume: Volume, lattice: Lattice): Volume<Float32Array> {
  const { geometry, data } = volume
  const [nx, ny, nz] = geometry.size
  const [x, y, z] = lattice
  const [alongX, alongY, alongZ] = [sharesOf(x, nx), sharesOf(y, ny), sharesOf(z, nz)]
  const plane = x.count * y.count
  const sums = new Float64Array(plane * z.count)
  const row = new Float64Array(x.count)
  const slice = new Float64Array(plane)
  for (let k = 0; k < nz; k++) {
    if (!counts(alongZ, k)) continue
    slice.fill(0)
    for (let j = 0; j < ny; j++) {
      if (!counts(alongY, j)) continue
      row.fill(0)
      addRow(row, data, nx * (j + ny * k), alongX)
      addShares(slice, row, alongY, j)
    }
    addShares(sums, slice, alongZ, k)
  }
  const result = Float32Array.from(sums)
  for (let k = 0, at = 0; k < z.count; k++) {
    for (let j = 0; j < y.count; j++) {
      const weight = (alongY.total[j] as number) * (alongZ.total[k] as number)
      for (let i = 0; i < x.count; i++, at++) {
        result[at] = (sums[at] as number) / (weight * (alongX.total[i] as number))
      }
    }
  }
  return { geometry: latticeGeometry(geometry, lattice), data: result }
}

function latticeGeometry(source: Geometry, [x, y, z]: Lattice): Geometry {
  const [dx, dy, dz] = source.spacing
  return createGeometry({
    ...source,
    size: [x.count, y.count, z.count],
    spacing: [dx * x.factor, dy * y.factor, dz * z.factor],
    origin: applyAffine(worldFromIndex(source), [x.first, y.first, z.first])
  })
}

/** For each voxel along an axis the first lattice point whose box it lies in, and how much of it lies in that and the next. */
interface Shares {
  readonly point: Int32Array
  readonly share: Float64Array
  readonly nextShare: Float64Array
  /** Voxels in each point's box, shares added up. */
  readonly total: Float64Array
}

function sharesOf({ first, factor, count }: LatticeAxis, size: number): Shares {
  const [point, share, nextShare] = [new Int32Array(size), new Float64Array(size), new Float64Array(size)]
  const total = new Float64Array(count)
  const overlap = (voxel: number, at: number): number => {
    if (at < 0 || at >= count) return 0
    const middle = first + at * factor
    const [low, high] = [Math.max(voxel - 0.5, middle - factor / 2), Math.min(voxel + 0.5, middle + factor / 2)]
    const shared = Math.max(0, high - low)
    total[at] = (total[at] as number) + shared
    return shared
  }
  for (let voxel = 0; voxel < size; voxel++) {
    const at = Math.floor((voxel - 0.5 - first) / factor + 0.5)
    point[voxel] = at
    share[voxel] = overlap(voxel, at)
    nextShare[voxel] = overlap(voxel, at + 1)
  }
  return { point, share, nextShare, total }
}

function counts({ share, nextShare }: Shares, at: number): boolean {
  return share[at] !== 0 || nextShare[at] !== 0
}

/** Adds a row of voxels, each to the points it counts for. */
function addRow(sums: Float64Array, data: Volume['data'], start: number, { point, share, nextShare }: Shares): void {
  for (let i = 0; i < point.length; i++) {
    const [here, next] = [share[i] as number, nextShare[i] as number]
    const [value, at] = [data[start + i] as number, point[i] as number]
    if (here !== 0) sums[at] = (sums[at] as number) + here * value
    if (next !== 0) sums[at + 1] = (sums[at + 1] as number) + next * value
  }
}

/** Adds the values of voxel row or slice number `n` to those of the points it counts for, which lie one after another. */
function addShares(sums: Float64Array, values: Float64Array, { point, share, nextShare }: Shares, n: number): void {
  const start = (point[n] as number) * values.length
  const shares = [share[n] as number, nextShare[n] as number]
  for (const [step, weight] of shares.entries()) {
    if (weight === 0) continue
    const from = start + step * values.length
    for (let at = 0; at < values.length; at++) {
      sums[from + at] = (sums[from + at] as number) + weight * (values[at] as number)
    }
  }
}
