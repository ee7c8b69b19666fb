import type { Volume } from '../volume.ts'
import { applyAffine, createGeometry, type Geometry, worldFromIndex } from './geometry.ts'

/** Points along one axis of a source: the continuous indices `first`, `first + step`, …, each for `step` voxels. */
export interface LatticeAxis {
  readonly first: number
  /** At least 1. */
  readonly step: number
  readonly count: number
}

export type Lattice = readonly [x: LatticeAxis, y: LatticeAxis, z: LatticeAxis]

/**
 * The means of the voxels about the points of a lattice, as wide as its steps. A step between two whole numbers takes the
 * boxes of both, weighted so that their variance is that of a box of the step: the width grows without a jump, and a
 * linear ramp stays what it is, which a box that cuts voxels would bend. Voxels that a box cuts count by the share inside,
 * and a box that reaches beyond the volume is the mean of what is there. A box, not a Gaussian, because it ends: a few slices
 * are held at a time.
 */
export function averageAbout(volume: Volume, lattice: Lattice): Volume<Float32Array> {
  const { size } = volume.geometry
  const [x, y, z] = lattice
  const [alongX, alongY, alongZ] = [tapsOf(x, size[0]), tapsOf(y, size[1]), tapsOf(z, size[2])]
  const plane = x.count * y.count
  const result = new Float32Array(plane * z.count)
  const sum = new Float64Array(plane)
  const slices = new Map<number, Float64Array>()
  for (const [k, { from, weights }] of alongZ.entries()) {
    for (const done of slices.keys()) if (done < from) slices.delete(done)
    sum.fill(0)
    for (const [n, weight] of weights.entries()) {
      const slice = slices.get(from + n) ?? averageSlice(volume, from + n, alongX, alongY)
      slices.set(from + n, slice)
      addWeighted(sum, slice, weight)
    }
    result.set(sum, k * plane)
  }
  return { geometry: latticeGeometry(volume.geometry, lattice), data: result }
}

function latticeGeometry(source: Geometry, [x, y, z]: Lattice): Geometry {
  const [dx, dy, dz] = source.spacing
  return createGeometry({
    ...source,
    size: [x.count, y.count, z.count],
    spacing: [dx * x.step, dy * y.step, dz * z.step],
    origin: applyAffine(worldFromIndex(source), [x.first, y.first, z.first])
  })
}

/** Weights (sum 1) of voxels `from`, `from + 1`, … in the mean about one point. */
interface Taps {
  readonly from: number
  readonly weights: Float64Array
}

function tapsOf({ first, step, count }: LatticeAxis, size: number): Taps[] {
  const narrow = Math.floor(step + 1e-9)
  const wide = narrow + 1
  // Of boxes n and n + 1 wide, whose variances are n²/12 and (n + 1)²/12.
  const ofWide = Math.max(0, (step ** 2 - narrow ** 2) / (wide ** 2 - narrow ** 2))
  return Array.from({ length: count }, (_, n) => {
    const middle = first + n * step
    const reach = (ofWide > 0 ? wide : narrow) / 2
    const from = Math.max(0, Math.floor(middle - reach + 0.5))
    const to = Math.min(size - 1, Math.ceil(middle + reach - 0.5))
    const weights = Float64Array.from({ length: Math.max(0, to - from + 1) }, (_unused, tap) => {
      const inBox = (width: number): number => overlap(from + tap, middle, width) / width
      return (1 - ofWide) * inBox(narrow) + ofWide * inBox(wide)
    })
    const total = weights.reduce((all, weight) => all + weight, 0)
    return { from, weights: weights.map((weight) => weight / total) }
  })
}

/** How much of a voxel lies in a box of this width about a continuous index. */
function overlap(voxel: number, middle: number, width: number): number {
  return Math.max(0, Math.min(voxel + 0.5, middle + width / 2) - Math.max(voxel - 0.5, middle - width / 2))
}

/** Slice k averaged along its rows and columns. */
function averageSlice(
  { geometry, data }: Volume,
  k: number,
  alongX: readonly Taps[],
  alongY: readonly Taps[]
): Float64Array {
  const [nx, ny] = geometry.size
  const width = alongX.length
  const rows = new Map<number, Float64Array>()
  const slice = new Float64Array(width * alongY.length)
  for (const [j, { from, weights }] of alongY.entries()) {
    for (const done of rows.keys()) if (done < from) rows.delete(done)
    const sum = slice.subarray(j * width, (j + 1) * width)
    for (const [n, weight] of weights.entries()) {
      const row = rows.get(from + n) ?? averageRow(data, nx * (from + n + ny * k), alongX)
      rows.set(from + n, row)
      addWeighted(sum, row, weight)
    }
  }
  return slice
}

function averageRow(data: Volume['data'], start: number, along: readonly Taps[]): Float64Array {
  const row = new Float64Array(along.length)
  for (let i = 0; i < along.length; i++) {
    const { from, weights } = along[i] as Taps
    let sum = 0
    for (let n = 0; n < weights.length; n++) sum += (weights[n] as number) * (data[start + from + n] as number)
    row[i] = sum
  }
  return row
}

function addWeighted(sums: Float64Array, values: Float64Array, weight: number): void {
  for (let at = 0; at < sums.length; at++) sums[at] = (sums[at] as number) + weight * (values[at] as number)
}
