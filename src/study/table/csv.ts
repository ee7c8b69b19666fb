import { type Cell, encodeCsv } from '../../io/csv.ts'
import { measures } from './measures.ts'
import type { StudyResults } from './results.ts'
import { rowsOf } from './rows.ts'

/** `table.csv`: a row for the base and each variation on each set. */
export function tableCsv(results: StudyResults): string {
  const head = [
    'set',
    'group',
    'variation',
    'parameters',
    'gflop_per_step',
    ...measures.flatMap(({ id }) => [id, `${id}_seeds`, `${id}_difference`, `${id}_half_width`, `${id}_verdict`])
  ]
  const rows = results.sets.flatMap((set) =>
    rowsOf(results, set).map(({ variation, work, cells }): Cell[] => [
      set,
      variation.group,
      variation.name,
      work?.parameters ?? null,
      work?.gigaOperations ?? null,
      ...measures.flatMap(({ id }): Cell[] => {
        const cell = cells.get(id)
        const { difference = null, halfWidth = null, verdict = null } = cell?.comparison ?? {}
        return [cell?.mean ?? null, cell?.values.length ?? 0, difference, halfWidth, verdict]
      })
    ])
  )
  return encodeCsv([head, ...rows])
}

/** `times.csv`: what each run took on the machine it ran on; unlike the table, no two studies give the same. */
export function timesCsv({ runs }: StudyResults): string {
  const rows = runs.map(({ run, training }): Cell[] => [
    run.variation.group,
    run.variation.name,
    run.seed,
    run.split?.name ?? null,
    training.steps,
    training.seconds,
    training.seconds / training.steps
  ])
  return encodeCsv([['group', 'variation', 'seed', 'split', 'steps', 'seconds', 'seconds_per_step'], ...rows])
}
