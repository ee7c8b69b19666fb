import { containsPoint, type Geometry } from '../../core/geometry/geometry.ts'
import type { Landmark } from '../../core/landmark.ts'
import type { EarFinding } from '../findings.ts'
import { earViewOf } from './ear-view.ts'
import { labelsOnScan } from './labels-on-scan.ts'
import { earSurfaces } from './surface.ts'
import type { AugmentedEar } from './test-time-augmentation.ts'

/**
 * What a segmentation means for the scan it was made from: labels on the scan's grid, surfaces, and landmarks where the
 * scan shows something.
 * @returns undefined when the ear lies outside the scan
 */
export async function earOnScan(
  { segmentation, repeats }: AugmentedEar,
  scan: Geometry
): Promise<EarFinding | undefined> {
  const { prediction, readOut, frame, sideConfidence, residual, score } = segmentation
  const labels = labelsOnScan(prediction, readOut.mask, scan)
  if (labels === undefined) return undefined
  const landmarks = readOut.landmarks.map((landmark) => withinScan(landmark, scan))
  const surfaces = await earSurfaces(prediction, readOut.mask, scan)
  return {
    ...earViewOf(segmentation),
    side: frame.side,
    sideConfidence,
    residual,
    score,
    landmarks,
    labels,
    repeats,
    surfaces
  }
}

/** A landmark outside the scan was imagined, not seen. */
function withinScan(landmark: Landmark, scan: Geometry): Landmark {
  if (landmark.status === 'undefined' || containsPoint(scan, landmark.position)) return landmark
  return { id: landmark.id, status: 'undefined', confidence: 0 }
}
