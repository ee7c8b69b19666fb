import { cropGeometry } from '../../core/geometry/geometry.ts'
import type { Vector3 } from '../../core/math/vector.ts'
import type { Scan } from '../../core/volume.ts'
import { findCylinder, holdsColumn, outsideFilled } from './cylinder.ts'
import { unpaddedBox } from './padding.ts'

/** What was recorded of a scan. */
export interface RecordedField {
  /** The scan itself where all of it was recorded; else another, which lies where it lies in the world. */
  readonly scan: Scan
  readonly isCylinder: boolean
}

/**
 * The part of a scan that was recorded. Layers of one exact value along its borders, and exact mirror
 * images of what lies inside them, are padding, and where the field is
 * a cylinder with one exact value around it, that is no air: there each voxel takes the value of the nearest recorded
 * one, as whoever resamples the scan must do beyond its borders. So a prediction does not depend on how a scan was cropped
 * or stored.
 */
export function recordedField(scan: Scan): RecordedField {
  const field = withoutPadding(scan)
  const cylinder = findCylinder(field, { start: [0, 0, 0], end: field.geometry.size })
  if (cylinder === undefined) return { scan: field, isCylinder: false }
  return { scan: outsideFilled(field, cylinder), isCylinder: true }
}

/** Where a scan was recorded: the test of a continuous index (i, j, k) of its grid. */
export function recordedPart(scan: Scan): (index: Vector3) => boolean {
  const box = unpaddedBox(scan.geometry.size, scan.data)
  const { start, end } = box
  const cylinder = findCylinder(scan, box)
  return ([i, j, k]) => {
    const inBox = ([i, j, k] as const).every(
      (n, axis) => n >= (start[axis] as number) - 0.5 && n <= (end[axis] as number) - 0.5
    )
    return inBox && (cylinder === undefined || holdsColumn(cylinder, [i - start[0], j - start[1], k - start[2]]))
  }
}

function withoutPadding(scan: Scan): Scan {
  const { geometry, data } = scan
  const { start, end } = unpaddedBox(geometry.size, data)
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
