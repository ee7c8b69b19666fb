import type { ObservedEar } from '../cases/observed-ear.ts'
import { earReach } from '../core/anatomy.ts'
import { distance } from '../core/math/vector.ts'

/** A true ear and the one that was found in its place; one of them is missing where an ear was missed or is false. */
export interface EarPair {
  readonly truth: ObservedEar | null
  readonly predicted: ObservedEar | null
}

/** Brings each true ear together with the nearest ear found within {@link earReach}; the nearest pairs come first. */
export function matchEars(truth: readonly ObservedEar[], predicted: readonly ObservedEar[]): EarPair[] {
  const near = truth
    .flatMap((known) => predicted.map((found) => ({ known, found, apart: distance(known.place, found.place) })))
    .filter(({ apart }) => apart < earReach)
    .sort((a, b) => a.apart - b.apart)
  const matched = new Map<ObservedEar, ObservedEar>()
  const taken = new Set<ObservedEar>()
  for (const { known, found } of near) {
    if (matched.has(known) || taken.has(found)) continue
    matched.set(known, found)
    taken.add(found)
  }
  return [
    ...truth.map((known) => ({ truth: known, predicted: matched.get(known) ?? null })),
    ...predicted.filter((found) => !taken.has(found)).map((found) => ({ truth: null, predicted: found }))
  ]
}
