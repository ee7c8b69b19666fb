import { bySubject } from '../cases/subject.ts'
import { UsageError } from '../core/errors.ts'
import { createRandom } from '../core/math/random.ts'
import type { Splits } from './specification.ts'

/** Labelled cases, by name, that a run is trained on, and those it is judged by. */
export interface Split {
  readonly name: string
  /** Subjects trained on. */
  readonly size: number
  readonly training: readonly string[]
  readonly judged: readonly string[]
}

/**
 * Splits labelled cases by subject, so that the two ears of a head are never on both sides. Folds judge every case once;
 * the sizes of a learning curve share a shuffle, so that a larger one holds the smaller.
 * @throws UsageError where there are too few subjects
 */
export function splitCases(names: readonly string[], splits: Splits): Split[] {
  const subjects = bySubject(names, (name) => name, splits.subject)
  const all = [...subjects.keys()].sort()
  const shuffled = (round: number): string[] => {
    const random = createRandom(splits.seed, round)
    return all
      .map((subject) => ({ subject, key: random.uniform() }))
      .sort((a, b) => a.key - b.key)
      .map(({ subject }) => subject)
  }
  const casesOf = (some: readonly string[]): string[] => some.flatMap((one) => subjects.get(one) ?? []).sort()
  const split = (name: string, trained: readonly string[]): Split => ({
    name,
    size: trained.length,
    training: casesOf(trained),
    judged: casesOf(all.filter((subject) => !trained.includes(subject)))
  })
  if (splits.kind === 'folds') {
    requireSubjects(all.length, splits.count, splits.cases)
    const order = shuffled(0)
    return Array.from({ length: splits.count }, (_, fold) =>
      split(
        `fold-${fold + 1}`,
        order.filter((_, at) => at % splits.count !== fold)
      )
    )
  }
  requireSubjects(all.length, Math.max(...splits.sizes) + 1, splits.cases)
  return splits.sizes.flatMap((size) =>
    Array.from({ length: splits.repeats }, (_, round) =>
      split(`${size}-of-${all.length}-${round + 1}`, shuffled(round).slice(0, size))
    )
  )
}

function requireSubjects(there: number, wanted: number, cases: string): void {
  if (there < wanted)
    throw new UsageError(`splitting the cases ${cases}: ${there} subjects, where ${wanted} are needed`)
}
