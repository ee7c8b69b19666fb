import { cropGeometry } from '../core/geometry.ts'
import { noProgress } from '../core/progress.ts'
import type { Vector3 } from '../core/vector.ts'
import type { Volume } from '../core/volume.ts'
import { labyrinthProbability } from './answer.ts'
import type { Network } from './model.ts'
import type { AnalyzeOptions } from './options.ts'

/** Hounsfield units above which a voxel is taken for bone. */
const boneThreshold = 300

/** An ear lies in dense bone: a window with a smaller share of bone holds none. */
const leastBone = 0.01

/**
 * The probability of the labyrinth all over an image, from windows of the network's size that overlap by half. Where
 * windows overlap, each counts the more the nearer its middle; a window without bone counts as a certain no.
 * @param image Hounsfield units, at least as large as a window
 */
export async function slide(
  network: Network,
  image: Volume<Float32Array>,
  { progress = noProgress, signal }: AnalyzeOptions = {}
): Promise<Float32Array> {
  const window = network.metadata.grid.size
  const axes = planAxes(image.geometry.size, window)
  const starts = windowStarts(axes).filter((start) => holdsBone(image, start, window))
  const result = new Float32Array(image.data.length)
  for (const [done, start] of starts.entries()) {
    signal?.throwIfAborted()
    progress({ stage: 'finding ears', done, total: starts.length })
    const answer = await network.answer(cutWindow(image, start, window))
    blend(result, image.geometry.size, labyrinthProbability(answer), start, axes)
  }
  progress({ stage: 'finding ears', done: starts.length, total: starts.length })
  return result
}

/** Where windows start along one axis, and what each of a window's voxels counts there. */
interface Axis {
  readonly starts: readonly number[]
  readonly taper: Float64Array
  /** Sum of the tapers of all windows at each voxel of the image. */
  readonly total: Float64Array
}

type Axes = readonly [Axis, Axis, Axis]

function planAxes(size: Vector3, window: Vector3): Axes {
  return [planAxis(size[0], window[0]), planAxis(size[1], window[1]), planAxis(size[2], window[2])]
}

function planAxis(size: number, window: number): Axis {
  const last = size - window
  const stride = Math.max(1, Math.floor(window / 2))
  const starts = Array.from({ length: Math.ceil(last / stride) + 1 }, (_, n) => Math.min(n * stride, last))
  const taper = Float64Array.from({ length: window }, (_, n) => Math.sin((Math.PI * (n + 0.5)) / window) ** 2)
  const total = new Float64Array(size)
  for (const start of starts) {
    for (const [n, weight] of taper.entries()) total[start + n] = (total[start + n] as number) + weight
  }
  return { starts, taper, total }
}

function windowStarts([x, y, z]: Axes): Vector3[] {
  return z.starts.flatMap((k) => y.starts.flatMap((j) => x.starts.map((i): Vector3 => [i, j, k])))
}

function holdsBone({ geometry, data }: Volume<Float32Array>, start: Vector3, window: Vector3): boolean {
  let bone = 0
  forEachRow(geometry.size, start, window, (from) => {
    for (let at = from; at < from + window[0]; at++) if ((data[at] as number) > boneThreshold) bone++
  })
  return bone >= leastBone * window[0] * window[1] * window[2]
}

function cutWindow({ geometry, data }: Volume<Float32Array>, start: Vector3, window: Vector3): Volume<Float32Array> {
  const result = new Float32Array(window[0] * window[1] * window[2])
  forEachRow(geometry.size, start, window, (from, _j, _k, to) => {
    result.set(data.subarray(from, from + window[0]), to)
  })
  return { geometry: cropGeometry(geometry, start, window), data: result }
}

/** Adds a window's values to `result`, each weighted by its share among all windows that cover its voxel. */
function blend(result: Float32Array, size: Vector3, values: Float32Array, start: Vector3, [x, y, z]: Axes): void {
  const share = (axis: Axis, from: number): Float64Array =>
    axis.taper.map((weight, n) => weight / (axis.total[from + n] as number))
  const [shareX, shareY, shareZ] = [share(x, start[0]), share(y, start[1]), share(z, start[2])]
  const window: Vector3 = [shareX.length, shareY.length, shareZ.length]
  forEachRow(size, start, window, (to, j, k, from) => {
    const row = (shareY[j] as number) * (shareZ[k] as number)
    for (let i = 0; i < window[0]; i++) {
      const value = row * (shareX[i] as number) * (values[from + i] as number)
      result[to + i] = (result[to + i] as number) + value
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
