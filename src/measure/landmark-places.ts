import type { LandmarkId } from '../core/anatomy.ts'
import { applyAffine, invertAffine } from '../core/geometry/geometry.ts'
import type { Vector3 } from '../core/math/vector.ts'
import type { MeasuredEar } from './measured-ear.ts'

/** The landmarks that were found, in the ear's frame, mm. */
export function landmarkPlaces({ frame, landmarks }: MeasuredEar): ReadonlyMap<LandmarkId, Vector3> {
  const earFromWorld = invertAffine({ matrix: frame.direction, offset: frame.origin })
  const places = new Map<LandmarkId, Vector3>()
  for (const landmark of landmarks) {
    if (landmark.status === 'defined') places.set(landmark.id, applyAffine(earFromWorld, landmark.position))
  }
  return places
}
