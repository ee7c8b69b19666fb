/**
 * What a study says that was done twice: `npx tsx studies/ablation/twice.ts first.md table.md` reads two tables of
 * `otomark study table`. Prints the noise of one run, which is how two runs of the same variation differ, then every variation's
 * difference from the base (the mean of both in generated ears, the second in other sets), and how alike the sets rank variations.
 */
import { readFileSync } from 'node:fs'
import { mean } from '../../src/core/math/mean.ts'
import { markdownTable } from '../../src/io/markdown.ts'

/** Differences from the base by set, variation and measure. */
type Table = Map<string, Map<string, Readonly<Record<Measure, number | undefined>>>>
type Measure = 'dice' | 'landmarks'

const columns: Readonly<Record<Measure, number>> = { dice: 5, landmarks: 9 }

/** Seeds of the base in each study. */
const baseSeeds = 5

/** Differences beyond these come from networks that learned next to nothing; they say nothing of noise. */
const collapsed: Readonly<Record<Measure, number>> = { dice: 0.2, landmarks: 0.2 }

const [first, second] = process.argv.slice(2, 4).map((path) => tableOf(readFileSync(path, 'utf8')))
if (first === undefined || second === undefined) throw new Error('give two tables')
const other = ['real', 'scans']
const noise = { dice: noiseOf('dice'), landmarks: noiseOf('landmarks') }
process.stdout.write(
  `SD of one run: Dice ${noise.dice.toFixed(4)}, landmarks ${noise.landmarks.toFixed(4)} mm\n` +
    `95 % of the means of two that do nothing lie within ± ${withinOf('dice').toFixed(3)}, ± ${withinOf('landmarks').toFixed(3)} mm\n\n` +
    `${comparison()}\n\n${rankings().join('\n')}\n`
)

function tableOf(text: string): Table {
  const table: Table = new Map()
  for (const line of text.split('\n')) {
    const set = /^## (.+)/.exec(line)?.[1]
    if (set !== undefined) table.set(set, new Map())
    const cells = line.split('|').map((cell) => cell.trim())
    const rowsOfSet = [...table.values()].at(-1)
    if (rowsOfSet === undefined || cells.length < 10 || ['variation', '---', 'base'].includes(cells[2] ?? '')) continue
    rowsOfSet.set(cells[2] as string, {
      dice: differenceIn(cells[columns.dice]),
      landmarks: differenceIn(cells[columns.landmarks])
    })
  }
  return table
}

/** The difference in a cell such as `0.8935 (+0.0267 ± 0.0488 =)`. */
function differenceIn(cell = ''): number | undefined {
  const text = /\(([+−][\d.]+) ±/.exec(cell)?.[1]
  return text === undefined ? undefined : Number(text.replace('−', '-'))
}

function pairsOf(a: Table, setA: string, b: Table, setB: string, measure: Measure): [number, number][] {
  return [...(a.get(setA) ?? [])].flatMap(([variation, { [measure]: x }]) => {
    const y = b.get(setB)?.get(variation)?.[measure]
    if (x === undefined || y === undefined || Math.max(Math.abs(x), Math.abs(y)) > collapsed[measure]) return []
    return [[x, y] as [number, number]]
  })
}

/** The SD about its own mean of what two runs of a variation differ by, over √2. */
function noiseOf(measure: Measure): number {
  const apart = pairsOf(first as Table, 'generated', second as Table, 'generated', measure).map(([a, b]) => b - a)
  const middle = mean(apart)
  return Math.sqrt(apart.reduce((sum, one) => sum + (one - middle) ** 2, 0) / (apart.length - 1) / 2)
}

function withinOf(measure: Measure): number {
  return 1.96 * noise[measure] * Math.sqrt(1 / 2 + 1 / (2 * baseSeeds))
}

function comparison(): string {
  const names = [...(second?.get('generated')?.keys() ?? [])]
  return markdownTable(
    ['', 'Dice, generated, both', 'real', 'scans', 'landmarks, mm, generated, both', 'real', 'scans'],
    names.map((name) => [name, ...cellsOf(name, 'dice'), ...cellsOf(name, 'landmarks')])
  )
}

function cellsOf(variation: string, measure: Measure): string[] {
  const [a, b] = [first, second].map((table) => table?.get('generated')?.get(variation)?.[measure])
  const both = a === undefined || b === undefined ? undefined : (a + b) / 2
  const isBetter = measure === 'dice' ? 1 : -1
  const mark = both === undefined || Math.abs(both) < withinOf(measure) ? '' : both * isBetter > 0 ? ' ▲' : ' ▼'
  const others = other.map((set) => second?.get(set)?.get(variation)?.[measure])
  return [`${signed(both)}${mark}`, ...others.map(signed)]
}

function signed(value: number | undefined): string {
  return value === undefined ? '–' : `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`
}

/** Spearman's correlation between the differences of one set and those of another. */
function rankings(): string[] {
  return (['dice', 'landmarks'] as const).flatMap((measure) =>
    other.map((set) => {
      const pairs = pairsOf(second as Table, 'generated', second as Table, set, measure)
      return `${measure}: rank correlation of generated and ${set} ${spearman(pairs).toFixed(2)} (n ${pairs.length})`
    })
  )
}

function spearman(pairs: readonly [number, number][]): number {
  const ranks = ([0, 1] as const).map((at) => {
    const sorted = pairs.map((pair) => pair[at]).sort((a, b) => a - b)
    return pairs.map((pair) => sorted.indexOf(pair[at]))
  })
  const n = pairs.length
  const squares = pairs.reduce((sum, _, k) => sum + ((ranks[0]?.[k] as number) - (ranks[1]?.[k] as number)) ** 2, 0)
  return 1 - (6 * squares) / (n * (n * n - 1))
}
