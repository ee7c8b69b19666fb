import { type LandmarkId, landmarkKinds } from '../../core/anatomy.ts'
import type { Landmark } from '../../core/landmark.ts'
import { distance } from '../../core/math/vector.ts'

/** What became of one landmark: its error in mm, or how one side has it and the other has not. */
export type LandmarkError =
  | { readonly id: LandmarkId; readonly outcome: 'found'; readonly error: number }
  | { readonly id: LandmarkId; readonly outcome: 'missed' | 'invented' }

/**
 * Euclidean distances in mm of landmarks from the truth. A true landmark that was not found is missed; one that was
 * found where the truth says there is none is invented. What the truth does not list is left out.
 */
export function landmarkErrors(predicted: readonly Landmark[], truth: readonly Landmark[]): LandmarkError[] {
  return landmarkKinds.flatMap(({ id }): LandmarkError[] => {
    const known = truth.find((landmark) => landmark.id === id)
    const found = predicted.find((landmark) => landmark.id === id && landmark.status === 'defined')
    if (known === undefined) return []
    if (known.status === 'undefined') return found === undefined ? [] : [{ id, outcome: 'invented' }]
    if (found?.status !== 'defined') return [{ id, outcome: 'missed' }]
    return [{ id, outcome: 'found', error: distance(found.position, known.position) }]
  })
}
