import { markdownTable } from '../../io/markdown.ts'
import { describeChange } from '../changes.ts'
import { baseName } from '../expand.ts'
import { type Measure, measures } from './measures.ts'
import type { StudyResults } from './results.ts'
import { type Cell, type Row, rowsOf } from './rows.ts'

const marks = { better: '▲', worse: '▼', 'within noise': '=', 'noise unknown': '?' } as const

/** `table.md`: the base and its variations on each set, for people. */
export function tablePage(results: StudyResults): string {
  const { specification, runs, variations, splits } = results.study
  const hashes = new Set(runs.map(({ hash }) => hash))
  const trained = new Set(results.runs.map(({ run }) => run.hash))
  const versions = [...new Set(results.runs.map(({ training }) => training.software))].sort()
  const { base, variations: seeds } = specification.seeds
  const missing = variations.filter((one) => results.runs.every(({ run }) => run.variation !== one))
  return `${[
    `# Study ${specification.name}`,
    `${trained.size} of ${hashes.size} runs are trained, with otomark ${versions.join(', ') || 'not yet'}. The base has ` +
      `${count(base.length, 'seed')}, a variation ${count(seeds.length, 'seed')}` +
      `${splits.length > 0 ? `, each ${splits.length} splits of the labelled cases` : ''}.`,
    ...(missing.length === 0 ? [] : [`Not trained yet: ${missing.map(({ name }) => name).join(', ')}.`]),
    'A figure is the mean over the cases of a set; beside it stands the difference from the mean of the base, with its ' +
      '95 % interval by the noise of the base’s seeds: ▲ better, ▼ worse, = within noise, ? noise unknown. Of twenty ' +
      'variations that do nothing, one is expected to lie outside by chance.',
    ...results.sets.flatMap((set) => [`## ${set}`, ...failures(results, set), table(rowsOf(results, set))]),
    '## What each changes',
    markdownTable(
      ['group', 'variation', 'change'],
      variations
        .filter(({ name }) => name !== baseName)
        .map(({ group, name, changes }) => [group, name, inline(changes.map(describeChange).join('; '))])
    )
  ].join('\n\n')}\n`
}

function failures({ runs }: StudyResults, set: string): string[] {
  const most = Math.max(0, ...runs.map(({ failed }) => failed.get(set) ?? 0))
  return most === 0 ? [] : [`${count(most, 'case')} of this set could not be judged; the runs’ files say why.`]
}

function table(rows: readonly Row[]): string {
  const head = measures.map(({ name, unit }) => (unit === '' ? name : `${name}, ${unit}`))
  return markdownTable(
    ['group', 'variation', 'parameters', 'GFLOP a step', ...head],
    rows
      .filter(({ cells }) => cells.size > 0)
      .map(({ variation, work, cells }) => [
        variation.group,
        variation.name,
        work === undefined ? '–' : work.parameters.toLocaleString('en'),
        work === undefined ? '–' : work.gigaOperations.toPrecision(3),
        ...measures.map((measure) => describe(cells.get(measure.id), measure))
      ])
  )
}

function describe(cell: Cell | undefined, { digits }: Measure): string {
  if (cell === undefined) return '–'
  const { mean, comparison, deviation } = cell
  const figure = mean.toFixed(digits)
  if (comparison === undefined) return deviation === undefined ? figure : `${figure} (SD ${deviation.toFixed(digits)})`
  const { difference, halfWidth, verdict } = comparison
  const interval = halfWidth === undefined ? '' : ` ± ${halfWidth.toFixed(digits)}`
  return `${figure} (${difference < 0 ? '−' : '+'}${Math.abs(difference).toFixed(digits)}${interval} ${marks[verdict]})`
}

function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`
}

/** Text that neither ends a table's cell nor is taken for markup. */
function inline(text: string): string {
  return text.replace(/[\\`*_[\]<>|]/g, '\\$&')
}
