import type { Vector3 } from '../../core/math/vector.ts'
import type { Scan } from '../../core/volume.ts'

/** The indices [start, end) along each axis. */
export interface Box {
  readonly start: Vector3
  readonly end: Vector3
}

type Axis = 0 | 1 | 2

/**
 * The part of a scan that programs did not pad: without outermost layers of one exact value, and then without those that
 * mirror the layers inside them, as numpy's `reflect` and `symmetric` do, or repeat the outermost one, as `edge` does. The
 * noise of a recorded scan is never so exact.
 */
export function unpaddedBox(size: Vector3, data: Scan['data']): Box {
  let { start, end } = withoutConstantLayers(size, data)
  // The longest walks first: after them the other layers are shorter.
  for (const axis of [2, 1, 0] as const) {
    const layers = copiedLayers(size, data, { start, end }, axis)
    start = replaced(start, axis, start[axis] + layers.atStart)
    end = replaced(end, axis, end[axis] - layers.atEnd)
  }
  return { start, end }
}

/** The box within which no outermost layer is of the first voxel's or the last one's value alone. */
function withoutConstantLayers(size: Vector3, data: Scan['data']): Box {
  const whole: Box = { start: [0, 0, 0], end: size }
  let { start, end } = whole
  const paddings = new Set([data[0] as number, data[data.length - 1] as number])
  const isPadding = (axis: Axis, index: number): boolean => {
    const low = replaced(start, axis, index)
    const value = data[low[0] + size[0] * (low[1] + size[1] * low[2])] as number
    return paddings.has(value) && isConstant(data, size, { start: low, end: replaced(end, axis, index + 1) }, value)
  }
  for (const axis of [2, 1, 0] as const) {
    while (start[axis] < end[axis] && isPadding(axis, start[axis])) start = replaced(start, axis, start[axis] + 1)
    if (start[axis] === end[axis]) return whole
    while (isPadding(axis, end[axis] - 1)) end = replaced(end, axis, end[axis] - 1)
  }
  return { start, end }
}

function isConstant(data: Scan['data'], [nx, ny]: Vector3, { start, end }: Box, value: number): boolean {
  for (let k = start[2]; k < end[2]; k++) {
    for (let j = start[1]; j < end[1]; j++) {
      const row = nx * (j + ny * k)
      for (let i = row + start[0]; i < row + end[0]; i++) if (data[i] !== value) return false
    }
  }
  return true
}

/** How many outermost layers at either end of an axis are copies of layers inside them. */
function copiedLayers(size: Vector3, data: Scan['data'], box: Box, axis: Axis): { atStart: number; atEnd: number } {
  const [first, last] = [box.start[axis], box.end[axis] - 1]
  const same = (a: number, b: number): boolean => layersAreSame(size, data, box, axis, a, b)
  const count = last - first + 1
  const atStart = copiesFrom(first, 1, count, same)
  const atEnd = copiesFrom(last, -1, count, same)
  // A phantom that is symmetric as a whole, or of one value, is no padded scan.
  return atStart + atEnd < count ? { atStart, atEnd } : { atStart: 0, atEnd: 0 }
}

/**
 * @param from the outermost layer
 * @param step towards the inside
 */
function copiesFrom(from: number, step: 1 | -1, count: number, same: (a: number, b: number) => boolean): number {
  const layer = (n: number): number => from + step * n
  let repeated = 0
  while (repeated + 1 < count && same(layer(repeated), layer(repeated + 1))) repeated++
  // A layer that equals its neighbour alone may be a coarser scan's, doubled; a mirror image of one layer is the same.
  if (repeated > 1) return repeated
  // The outermost layer's image lies `distance` further in: 2 p for `reflect`, 2 p − 1 for `symmetric`, p layers of padding.
  for (let distance = count - 1; distance > 2; distance--) {
    const padding = Math.ceil(distance / 2)
    const mirrored = (n: number): boolean => same(layer(n), layer(distance - n))
    if (Array.from({ length: padding }, (_, n) => n).every(mirrored)) return padding
  }
  return 0
}

/** Compared row by row and left at the first difference, which noise makes an early one. */
function layersAreSame(size: Vector3, data: Scan['data'], box: Box, axis: Axis, a: number, b: number): boolean {
  const [nx, ny] = size
  const strides = [1, nx, nx * ny] as const
  const shift = (b - a) * strides[axis]
  const start = replaced(box.start, axis, a)
  const end = replaced(box.end, axis, a + 1)
  for (let k = start[2]; k < end[2]; k++) {
    for (let j = start[1]; j < end[1]; j++) {
      const row = nx * (j + ny * k)
      for (let i = row + start[0]; i < row + end[0]; i++) if (data[i] !== data[i + shift]) return false
    }
  }
  return true
}

function replaced(vector: Vector3, axis: Axis, value: number): Vector3 {
  return vector.map((old, at) => (at === axis ? value : old)) as unknown as Vector3
}
