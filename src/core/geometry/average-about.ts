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
  const [alongX, alongY, alongZ] = [joined(tapsOf(x, size[0])), tapsOf(y, size[1]), tapsOf(z, size[2])]
  const plane = x.count * y.count
  const result = new Float32Array(plane * z.count)
  const rows = new Float64Array(x.count * size[1])
  const slices = new Map<number, Float64Array>()
  for (const [k, { from, weights }] of alongZ.entries()) {
    for (const done of slices.keys()) if (done < from) slices.delete(done)
    const near = Array.from(weights, (_, n) => {
      const slice = slices.get(from + n) ?? averageSlice(volume, from + n, alongX, alongY, rows)
      slices.set(from + n, slice)
      return slice
    })
    addWeighted(near, weights, result.subarray(k * plane, (k + 1) * plane))
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

/** The taps of all points of an axis: of point n, the weights before `ends[n]` and, from the second on, after `ends[n − 1]`. */
interface JoinedTaps {
  readonly from: Int32Array
  readonly ends: Int32Array
  readonly weights: Float64Array
}

function joined(taps: readonly Taps[]): JoinedTaps {
  let end = 0
  return {
    from: Int32Array.from(taps, ({ from }) => from),
    ends: Int32Array.from(taps, ({ weights }) => (end += weights.length)),
    weights: Float64Array.from(taps.flatMap(({ weights }) => [...weights]))
  }
}

/** How much of a voxel lies in a box of this width about a continuous index. */
function overlap(voxel: number, middle: number, width: number): number {
  return Math.max(0, Math.min(voxel + 0.5, middle + width / 2) - Math.max(voxel - 0.5, middle - width / 2))
}

/** Slice k averaged along its rows and columns. @param rows is overwritten: as many rows as a slice has, averaged along x */
function averageSlice(
  { geometry, data }: Volume,
  k: number,
  alongX: JoinedTaps,
  alongY: readonly Taps[],
  rows: Float64Array
): Float64Array {
  const [nx, ny] = geometry.size
  const width = alongX.from.length
  const [first, last] = [alongY[0], alongY.at(-1)] as [Taps, Taps]
  for (let j = first.from; j < last.from + last.weights.length; j++) {
    averageRow(data, nx * (j + ny * k), alongX, rows.subarray(j * width, (j + 1) * width))
  }
  const slice = new Float64Array(width * alongY.length)
  for (const [j, { from, weights }] of alongY.entries()) {
    const near = Array.from(weights, (_, n) => rows.subarray((from + n) * width, (from + n + 1) * width))
    addWeighted(near, weights, slice.subarray(j * width, (j + 1) * width))
  }
  return slice
}

function averageRow(data: Volume['data'], start: number, { from, ends, weights }: JoinedTaps, row: Float64Array): void {
  let tap = 0
  for (let i = 0; i < row.length; i++) {
    let at = start + (from[i] as number)
    let sum = 0
    for (const end = ends[i] as number; tap < end; tap++) sum += (weights[tap] as number) * (data[at++] as number)
    row[i] = sum
  }
}

/** Weighted sums of the values at each place. Most are of few values, which are added in one pass. */
function addWeighted(values: readonly Float64Array[], weights: Float64Array, sums: Float64Array | Float32Array): void {
  const [a, b, c] = values as [Float64Array, Float64Array, Float64Array]
  const [u, v, w] = [weights[0] as number, weights[1] as number, weights[2] as number]
  for (let at = 0; at < sums.length; at++) {
    let sum = u * (a[at] as number)
    if (values.length > 1) sum += v * (b[at] as number)
    if (values.length > 2) sum += w * (c[at] as number)
    for (let n = 3; n < values.length; n++) sum += (weights[n] as number) * ((values[n] as Float64Array)[at] as number)
    sums[at] = sum
  }
}
