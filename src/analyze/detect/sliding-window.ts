import { cropGeometry, voxelVolume } from '../../core/geometry/geometry.ts'
import type { Vector3 } from '../../core/math/vector.ts'
import { noProgress } from '../../core/progress.ts'
import type { Volume } from '../../core/volume.ts'
import type { Network } from '../model.ts'
import type { AnalyzeOptions } from '../options.ts'
import { labyrinthProbability } from '../predict/prediction.ts'

/** Hounsfield units above which a voxel is taken for bone. */
const boneThreshold = 300

/** An ear lies in bone: a window with less of it (mm³) around its middle is not asked. Ears have 4000 and more. */
const minBone = 1500

/** Windows start this share of their edge apart: at 38 mm they overlap by 16 mm, so that one of them sees a whole ear. */
const stride = 7 / 12

/** How far (as a share of a window's edge) bone is looked for beyond the places a window is nearest to. */
const border = 1 / 12

/**
 * The probability of the labyrinth all over an image, from windows of the network's size that overlap. Where windows
 * overlap, each counts the more the nearer its middle; where there is no bone none is asked, and the prediction is no.
 * @param image Hounsfield units, at least as large as a window
 */
export async function slide(
  network: Network,
  image: Volume<Float32Array>,
  { progress = noProgress, signal }: AnalyzeOptions = {}
): Promise<Float32Array> {
  const { size } = image.geometry
  const edges = network.metadata.grid.size
  const windows = planWindows(size, edges).filter((window) => holdsBone(image, window))
  const tapers = edges.map(taperOf) as [Float64Array, Float64Array, Float64Array]
  const result = new Float32Array(image.data.length)
  const weights = new Float32Array(image.data.length)
  for (const [done, { start }] of windows.entries()) {
    signal?.throwIfAborted()
    progress({ stage: 'finding ears', done, total: windows.length })
    const prediction = await network.predict(cutWindow(image, start, edges))
    addWeighted(result, weights, size, labyrinthProbability(prediction), start, tapers)
  }
  progress({ stage: 'finding ears', done: windows.length, total: windows.length })
  return result.map((sum, at) => (sum === 0 ? 0 : sum / (weights[at] as number)))
}

interface Window {
  readonly start: Vector3
  /** The voxels from `low` up to `high`, a little more than those it is nearest to, where bone is looked for. */
  readonly low: Vector3
  readonly high: Vector3
}

interface Span {
  readonly start: number
  readonly low: number
  readonly high: number
}

function planWindows(size: Vector3, edges: Vector3): Window[] {
  const [x, y, z] = [planAxis(size[0], edges[0]), planAxis(size[1], edges[1]), planAxis(size[2], edges[2])]
  return z.flatMap((k) =>
    y.flatMap((j) =>
      x.map((i): Window => {
        const of = (side: keyof Span): Vector3 => [i[side], j[side], k[side]]
        return { start: of('start'), low: of('low'), high: of('high') }
      })
    )
  )
}

function planAxis(size: number, edge: number): Span[] {
  const last = size - edge
  const step = Math.max(1, Math.floor(stride * edge))
  const starts = Array.from({ length: Math.ceil(last / step) + 1 }, (_, n) => Math.min(n * step, last))
  const margin = Math.ceil(border * edge)
  // The nearest window changes half way between the middles of two.
  const change = (n: number): number => ((starts[n - 1] as number) + (starts[n] as number) + edge) / 2
  return starts.map((start, n) => ({
    start,
    low: n === 0 ? 0 : Math.max(start, Math.floor(change(n)) - margin),
    high: n === starts.length - 1 ? size : Math.min(start + edge, Math.ceil(change(n + 1)) + margin)
  }))
}

function taperOf(edge: number): Float64Array {
  return Float64Array.from({ length: edge }, (_, n) => Math.sin((Math.PI * (n + 0.5)) / edge) ** 2)
}

function holdsBone({ geometry, data }: Volume<Float32Array>, { low, high }: Window): boolean {
  const box: Vector3 = [high[0] - low[0], high[1] - low[1], high[2] - low[2]]
  let bone = 0
  forEachRow(geometry.size, low, box, (from) => {
    for (let at = from; at < from + box[0]; at++) if ((data[at] as number) > boneThreshold) bone++
  })
  return bone * voxelVolume(geometry) >= minBone
}

function cutWindow({ geometry, data }: Volume<Float32Array>, start: Vector3, window: Vector3): Volume<Float32Array> {
  const result = new Float32Array(window[0] * window[1] * window[2])
  forEachRow(geometry.size, start, window, (from, _j, _k, to) => {
    result.set(data.subarray(from, from + window[0]), to)
  })
  return { geometry: cropGeometry(geometry, start, window), data: result }
}

/** Adds a window's values, each times the taper there, and the tapers themselves. */
function addWeighted(
  sums: Float32Array,
  weights: Float32Array,
  size: Vector3,
  values: Float32Array,
  start: Vector3,
  [x, y, z]: readonly [Float64Array, Float64Array, Float64Array]
): void {
  forEachRow(size, start, [x.length, y.length, z.length], (to, j, k, from) => {
    const row = (y[j] as number) * (z[k] as number)
    for (let i = 0; i < x.length; i++) {
      const weight = row * (x[i] as number)
      sums[to + i] = (sums[to + i] as number) + weight * (values[from + i] as number)
      weights[to + i] = (weights[to + i] as number) + weight
    }
  })
}

/** Visits the rows of a window: where a row starts in the image, its place (j, k) and where it starts in the window. */
function forEachRow(
  size: Vector3,
  start: Vector3,
  window: Vector3,
  visit: (inImage: number, j: number, k: number, inWindow: number) => void
): void {
  for (let k = 0; k < window[2]; k++) {
    for (let j = 0; j < window[1]; j++) {
      visit(start[0] + size[0] * (start[1] + j + size[1] * (start[2] + k)), j, k, window[0] * (j + window[1] * k))
    }
  }
}
