import { cropGeometry } from '../../core/geometry/geometry.ts'
import type { Vector3 } from '../../core/math/vector.ts'
import type { Scan } from '../../core/volume.ts'
import { findCylinder, holdsColumn, outsideFilled } from './cylinder.ts'

/** What was recorded of a scan. */
export interface RecordedField {
  /** The scan itself where all of it was recorded; else another, which lies where it lies in the world. */
  readonly scan: Scan
  readonly isCylinder: boolean
}

/**
 * The part of a scan that was recorded. Layers of one exact value along its borders are padding, and where the field is
 * a cylinder with one exact value around it, that is no air: there each voxel takes the value of the nearest recorded
 * one, as whoever resamples the scan must do beyond its borders. So an answer does not hang on how a scan was cropped
 * or stored.
 */
export function recordedField(scan: Scan): RecordedField {
  const field = withoutPadding(scan)
  const cylinder = findCylinder(field)
  if (cylinder === undefined) return { scan: field, isCylinder: false }
  return { scan: outsideFilled(field, cylinder), isCylinder: true }
}

/** Where a scan was recorded: the test of a continuous index (i, j, k) of its grid. */
export function recordedPart(scan: Scan): (index: Vector3) => boolean {
  const { start, end } = shrunkBox(scan.geometry.size, scan.data)
  const cylinder = findCylinder(withoutPadding(scan))
  return ([i, j, k]) => {
    const inBox = ([i, j, k] as const).every(
      (n, axis) => n >= (start[axis] as number) - 0.5 && n <= (end[axis] as number) - 0.5
    )
    return inBox && (cylinder === undefined || holdsColumn(cylinder, [i - start[0], j - start[1], k - start[2]]))
  }
}

function withoutPadding(scan: Scan): Scan {
  const { geometry, data } = scan
  const { start, end } = shrunkBox(geometry.size, data)
  const size: Vector3 = [end[0] - start[0], end[1] - start[1], end[2] - start[2]]
  if (size.every((n, axis) => n === geometry.size[axis])) return scan
  const [nx, ny] = geometry.size
  const cropped =
    data instanceof Int16Array
      ? new Int16Array(size[0] * size[1] * size[2])
      : new Float32Array(size[0] * size[1] * size[2])
  for (let k = 0, to = 0; k < size[2]; k++) {
    for (let j = 0; j < size[1]; j++, to += size[0]) {
      const from = start[0] + nx * (start[1] + j + ny * (start[2] + k))
      cropped.set(data.subarray(from, from + size[0]), to)
    }
  }
  return { geometry: cropGeometry(geometry, start, size), data: cropped }
}

/** The box [start, end) within which no outermost layer is of the first voxel's or the last one's value alone. */
function shrunkBox(size: Vector3, data: Scan['data']): { readonly start: Vector3; readonly end: Vector3 } {
  const whole = { start: [0, 0, 0] as const, end: size }
  const start: [number, number, number] = [0, 0, 0]
  const end: [number, number, number] = [...size]
  const paddings = new Set([data[0] as number, data[data.length - 1] as number])
  const isPadding = (axis: 0 | 1 | 2, index: number): boolean => {
    const low: [number, number, number] = [...start]
    const high: [number, number, number] = [...end]
    low[axis] = index
    high[axis] = index + 1
    const value = data[low[0] + size[0] * (low[1] + size[1] * low[2])] as number
    return paddings.has(value) && isConstant(data, size, low, high, value)
  }
  // The longest walks first: after them the other layers are shorter.
  for (const axis of [2, 1, 0] as const) {
    while (start[axis] < end[axis] && isPadding(axis, start[axis])) start[axis]++
    if (start[axis] === end[axis]) return whole
    while (isPadding(axis, end[axis] - 1)) end[axis]--
  }
  return { start, end }
}

function isConstant(data: Scan['data'], [nx, ny]: Vector3, low: Vector3, high: Vector3, value: number): boolean {
  for (let k = low[2]; k < high[2]; k++) {
    for (let j = low[1]; j < high[1]; j++) {
      const row = nx * (j + ny * k)
      for (let i = row + low[0]; i < row + high[0]; i++) if (data[i] !== value) return false
    }
  }
  return true
}
