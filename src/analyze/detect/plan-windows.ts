import type { VoxelBox } from '../../core/image/box.ts'
import type { Vector3 } from '../../core/math/vector.ts'

/** One of the windows that cover an image and overlap. */
export interface Window {
  readonly box: VoxelBox
  /** The voxels it is nearest to of all windows, and a little more: where bone is looked for. */
  readonly middle: VoxelBox
}

/** Windows start this share of their edge apart: at 38 mm they overlap by 16 mm, so that one of them sees a whole ear. */
const stride = 7 / 12

/** How far (as a share of a window's edge) bone is looked for beyond the places a window is nearest to. */
const border = 1 / 12

interface Span {
  readonly start: number
  readonly low: number
  readonly high: number
}

/**
 * @param size of the image, at least that of a window
 * @param edges of a window
 */
export function planWindows(size: Vector3, edges: Vector3): Window[] {
  const [x, y, z] = [planAxis(size[0], edges[0]), planAxis(size[1], edges[1]), planAxis(size[2], edges[2])]
  return z.flatMap((k) =>
    y.flatMap((j) =>
      x.map((i): Window => {
        const start: Vector3 = [i.low, j.low, k.low]
        return {
          box: { start: [i.start, j.start, k.start], size: edges },
          middle: { start, size: [i.high - start[0], j.high - start[1], k.high - start[2]] }
        }
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
