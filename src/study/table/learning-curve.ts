import type { OpenStudy } from '../open-study.ts'
import { meanWithInterval } from './compare.ts'
import { type Measure, measures } from './measures.ts'
import type { StudyResults } from './results.ts'

/** A variation at one number of subjects trained on. */
export interface CurvePoint {
  readonly variation: string
  readonly size: number
  /** By measure: the mean over the repeats, and half its 95 % interval. */
  readonly figures: ReadonlyMap<
    Measure['id'],
    { readonly n: number; readonly mean: number; readonly halfWidth: number | undefined }
  >
}

export function hasLearningCurve({ specification }: OpenStudy): boolean {
  return specification.splits?.kind === 'learning_curve'
}

/** What the judged cases of a learning curve say, size by size. */
export function learningCurve({ study, runs }: StudyResults): CurvePoint[] {
  const { splits } = study.specification
  if (splits?.kind !== 'learning_curve') return []
  return study.variations.flatMap((variation) =>
    splits.sizes.map((size) => {
      const own = runs.filter(({ run }) => run.variation === variation && run.split?.size === size)
      return {
        variation: variation.name,
        size,
        figures: new Map(
          measures.flatMap(({ id }) => {
            const values = own.flatMap(({ figures }) => figures.get(splits.cases)?.[id] ?? [])
            return values.length === 0 ? [] : [[id, { n: values.length, ...meanWithInterval(values) }] as const]
          })
        )
      }
    })
  )
}

/** `learning-curve.md`. */
export function learningCurvePage(results: StudyResults): string {
  const head = [
    'variation',
    'subjects',
    'runs',
    ...measures.map(({ name, unit }) => (unit ? `${name}, ${unit}` : name))
  ]
  const rows = learningCurve(results)
    .filter(({ figures }) => figures.size > 0)
    .map(({ variation, size, figures }) => [
      variation,
      String(size),
      String(Math.max(...[...figures.values()].map(({ n }) => n))),
      ...measures.map(({ id, digits }) => {
        const figure = figures.get(id)
        if (figure === undefined) return '–'
        const { mean, halfWidth } = figure
        return `${mean.toFixed(digits)}${halfWidth === undefined ? '' : ` ± ${halfWidth.toFixed(digits)}`}`
      })
    ])
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return `# Learning curve of ${results.study.specification.name}

Means over the repeats, judged on the subjects that were not trained on; ± half the 95 % interval by Student’s t. The
repeats judge overlapping subjects, so that the interval is somewhat too narrow.

${[line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')}
`
}
