import { bySubject } from '../../cases/subject.ts'
import { createRandom } from '../../core/math/random.ts'
import type { LabelledCase } from './survey-cases.ts'

/** Stream of random numbers of a source's seed. */
const splitStream = 1

/** Labelled cases that are trained on, and those that are never. */
export interface CaseSplit {
  readonly training: readonly LabelledCase[]
  readonly heldOut: readonly LabelledCase[]
}

/**
 * Splits a folder's cases into training and held-out ones, shuffled by the seed; at least one is for training. The ears of a head,
 * and cases of one scan, are never on both sides: a network that has learned one of them is no stranger to the other.
 * @param heldOut share of the subjects
 */
export function splitCases(cases: readonly LabelledCase[], heldOut: number, seed: number): CaseSplit {
  const random = createRandom(seed, splitStream)
  const shuffled = subjectsOf(cases)
    .map((own) => ({ own, key: random.uniform() }))
    .sort((a, b) => a.key - b.key)
  const count = Math.min(shuffled.length - 1, Math.round(heldOut * shuffled.length))
  const all = (some: typeof shuffled): LabelledCase[] => some.flatMap(({ own }) => own)
  return { training: all(shuffled.slice(count)), heldOut: all(shuffled.slice(0, count)) }
}

/** Cases that are of one subject, by their names or because they have the same scan. */
function subjectsOf(cases: readonly LabelledCase[]): LabelledCase[][] {
  let subjects: LabelledCase[][] = []
  for (const own of bySubject(cases, ({ name }) => name).values()) {
    const isSame = (other: readonly LabelledCase[]): boolean =>
      other.some(({ scan }) => own.some((one) => one.scan === scan))
    const same = subjects.filter(isSame)
    subjects = [...subjects.filter((other) => !isSame(other)), [...same.flat(), ...own]]
  }
  return subjects
}
