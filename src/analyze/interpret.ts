import { containsPoint, type Geometry } from '../core/geometry.ts'
import type { Landmark } from '../core/landmark.ts'
import type { EarFinding } from './findings.ts'
import { labelsOnScan } from './labels.ts'
import type { SettledEar } from './look-again.ts'
import { sightingOf } from './sighting.ts'
import { earSurfaces } from './surface.ts'

/**
 * What an outline means for the scan it was made from: labels on the scan's grid, surfaces, and landmarks where the
 * scan shows something.
 * @returns undefined when the ear lies outside the scan
 */
export async function interpretEar({ outline, repeats }: SettledEar, scan: Geometry): Promise<EarFinding | undefined> {
  const { answer, reading, frame, sideConfidence, residual } = outline
  const labels = labelsOnScan(answer, reading.mask, scan)
  if (labels === undefined) return undefined
  const landmarks = reading.landmarks.map((landmark) => withinScan(landmark, scan))
  const surfaces = await earSurfaces(answer, reading.mask, scan)
  return { ...sightingOf(outline), side: frame.side, sideConfidence, residual, landmarks, labels, repeats, surfaces }
}

/** A landmark outside the scan was imagined, not seen. */
function withinScan(landmark: Landmark, scan: Geometry): Landmark {
  if (landmark.status === 'undefined' || containsPoint(scan, landmark.position)) return landmark
  return { id: landmark.id, status: 'undefined', confidence: 0 }
}
