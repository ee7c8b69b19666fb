import type { Observation, ObservedEar } from '../cases/observed-ear.ts'
import { earReach, isHeadWidth } from '../core/anatomy.ts'
import { applyAffine, voxelIndex, worldFromIndex } from '../core/geometry/geometry.ts'
import { distance } from '../core/math/vector.ts'
import type { Volume } from '../core/volume.ts'

/**
 * The ears of a prediction that may be a head's other ear, of which the truth does not say whether it is there: from a truth of one
 * ear that leaves this open, as far from it as the ears of a head are. Another program's side, or none, decides nothing.
 */
export function openEars(predicted: Observation, truth: Observation): ObservedEar[] {
  const [known] = truth.ears
  if (!truth.isOtherOpen || known === undefined) return []
  return predicted.ears.filter(({ place }) => isHeadWidth(distance(place, known.place)))
}

/** Labels without those within reach of some ears, but for what is nearer to one of the `kept` ears. */
export function withoutEars(
  labels: Volume<Uint8Array>,
  ears: readonly ObservedEar[],
  kept: readonly ObservedEar[]
): Volume<Uint8Array> {
  if (ears.length === 0) return labels
  const { geometry } = labels
  const toWorld = worldFromIndex(geometry)
  const data = labels.data.map((label, at) => {
    if (label === 0) return 0
    const here = applyAffine(toWorld, voxelIndex(geometry.size, at))
    const nearest = (all: readonly ObservedEar[]): number => Math.min(...all.map(({ place }) => distance(place, here)))
    const apart = nearest(ears)
    return apart < earReach && apart < nearest(kept) ? 0 : label
  })
  return { geometry, data }
}
