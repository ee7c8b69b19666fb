import { markdownTable } from '../../io/markdown.ts'
import { baseName } from '../expand.ts'
import type { OpenStudy } from '../open-study.ts'
import { meanWithInterval } from './compare.ts'
import { type Measure, measures } from './measures.ts'
import type { RunResult, StudyResults } from './results.ts'

/** A mean over repeats, and half its 95 % interval. */
interface Figure {
  readonly n: number
  readonly mean: number
  readonly halfWidth: number | undefined
}

/** A variation at one number of subjects trained on. */
export interface CurvePoint {
  readonly variation: string
  readonly size: number
  readonly figures: ReadonlyMap<Measure['id'], Figure>
  /** From the base, each run less that of the base on the same split; empty for the base. */
  readonly differences: ReadonlyMap<Measure['id'], Figure>
}

export function hasLearningCurve({ specification }: OpenStudy): boolean {
  return specification.splits?.kind === 'learning_curve'
}

/** What the judged cases of a learning curve say, size by size. */
export function learningCurve({ study, runs }: StudyResults): CurvePoint[] {
  const { splits } = study.specification
  if (splits?.kind !== 'learning_curve') return []
  const figureOf = ({ figures }: RunResult, id: Measure['id']) => figures.get(splits.cases)?.[id]
  const baseOf = ({ run }: RunResult) =>
    runs.find(
      ({ run: { variation, seed, split } }) =>
        variation.name === baseName && seed === run.seed && split?.name === run.split?.name
    )
  return study.variations.flatMap((variation) =>
    splits.sizes.map((size) => {
      const own = runs.filter(({ run }) => run.variation === variation && run.split?.size === size)
      const differenceOf = (result: RunResult, id: Measure['id']) => {
        const base = baseOf(result)
        const [here, there] = [figureOf(result, id), base && figureOf(base, id)]
        return here === undefined || there === undefined ? undefined : here - there
      }
      return {
        variation: variation.name,
        size,
        figures: means(own, figureOf),
        differences: variation.name === baseName ? new Map() : means(own, differenceOf)
      }
    })
  )
}

function means(
  runs: readonly RunResult[],
  figureOf: (run: RunResult, id: Measure['id']) => number | undefined
): Map<Measure['id'], Figure> {
  return new Map(
    measures.flatMap(({ id }) => {
      const values = runs.map((run) => figureOf(run, id)).filter((value) => value !== undefined)
      return values.length === 0 ? [] : [[id, { n: values.length, ...meanWithInterval(values) }] as const]
    })
  )
}

/** `learning-curve.md`. */
export function learningCurvePage(results: StudyResults): string {
  const points = learningCurve(results)
  return `# Learning curve of ${results.study.specification.name}

Means over the repeats, judged on the subjects that were not trained on; ± half the 95 % interval by Student’s t. The
repeats judge overlapping subjects, so that the interval is somewhat too narrow.

${tableOf(points, ({ figures }) => figures, '')}

## Differences from the base
Each run less that of the base on the same subjects: their mean and its interval, as above.

${tableOf(points, ({ differences }) => differences, '+')}
`
}

/** @param sign that a number which is not negative gets */
function tableOf(
  points: readonly CurvePoint[],
  figuresOf: (point: CurvePoint) => CurvePoint['figures'],
  sign: string
): string {
  const head = [
    'variation',
    'subjects',
    'runs',
    ...measures.map(({ name, unit }) => (unit ? `${name}, ${unit}` : name))
  ]
  const rows = points
    .map((point) => ({ ...point, figures: figuresOf(point) }))
    .filter(({ figures }) => figures.size > 0)
    .map(({ variation, size, figures }) => [
      variation,
      String(size),
      String(Math.max(...[...figures.values()].map(({ n }) => n))),
      ...measures.map(({ id, digits }) => {
        const figure = figures.get(id)
        if (figure === undefined) return '–'
        const { mean, halfWidth } = figure
        const number = mean < 0 ? `−${Math.abs(mean).toFixed(digits)}` : `${sign}${mean.toFixed(digits)}`
        return `${number}${halfWidth === undefined ? '' : ` ± ${halfWidth.toFixed(digits)}`}`
      })
    ])
  return markdownTable(head, rows)
}
