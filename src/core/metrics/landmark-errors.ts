import { type LandmarkId, landmarkKinds } from '../anatomy.ts'
import type { Landmark } from '../landmark.ts'
import { distance } from '../math/vector.ts'

/** What became of one landmark: its error in mm, or how one side has it and the other has not. */
export type LandmarkError =
  | { readonly id: LandmarkId; readonly outcome: 'found'; readonly error: number }
  | { readonly id: LandmarkId; readonly outcome: 'missed' | 'invented' }

/**
 * Euclidean distances (mm) of landmarks from the truth. A false negative is `missed`; a false positive, where the truth says that
 * there is no such landmark, is `invented`. Landmarks that the truth does not list are left out.
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
