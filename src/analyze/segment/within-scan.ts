import { containsPoint, type Geometry } from '../../core/geometry/geometry.ts'
import type { Landmark } from '../../core/landmark.ts'

/** A landmark as a scan can show it: undefined where it lies outside, since it was imagined there, not seen. */
export function withinScan(landmark: Landmark, scan: Geometry): Landmark {
  if (landmark.status === 'undefined' || containsPoint(scan, landmark.position)) return landmark
  return { id: landmark.id, status: 'undefined', confidence: 0 }
}
