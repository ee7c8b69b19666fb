import { median } from '../../src/core/math/quantile.ts'
import { caseSets } from './case-sets.ts'
import type { CaseRow } from './row.ts'

/** Prints the tables: ears found with their sides, false ears, seconds and memory. */
export function report(rows: readonly CaseRow[]): void {
  print('| set | scans | ears | found | with the right side | false ears | seconds, median and most |')
  print('|---|---|---|---|---|---|---|')
  for (const { name } of caseSets)
    printSet(
      name,
      rows.filter(({ set }) => set === name)
    )
  const earless = rows.filter(({ set }) => set === 'no ear')
  print('\n| shows no ear | scans | false ears |\n|---|---|---|')
  for (const kind of [...new Set(earless.map(titleOf))].sort()) {
    const those = earless.filter((row) => titleOf(row) === kind)
    print(`| ${kind} | ${those.length} | ${sum(those.map(({ falseEars }) => falseEars))} |`)
  }
  print(
    `\nPeak memory ${Math.max(...rows.map(({ peakMemory }) => peakMemory)).toFixed(0)} MiB, the generator's included.`
  )
  for (const row of rows) {
    const wrong = row.ears.filter(({ side, found }) => found !== side)
    if (wrong.length === 0 && row.falseEars === 0) continue
    const missed = wrong.map(({ side, found }) => `${side} ear ${found === null ? 'missed' : `called ${found}`}`)
    const grown = row.falseEars > 0 ? [`${row.falseEars} false`] : []
    print(`- ${row.set} ${row.index} (${titleOf(row)}): ${[...missed, ...grown].join(', ')}`)
  }
}

function printSet(name: string, rows: readonly CaseRow[]): void {
  if (rows.length === 0) return
  const ears = rows.flatMap((row) => row.ears)
  const found = ears.filter((ear) => ear.found !== null)
  const right = ears.filter((ear) => ear.found === ear.side)
  const share = (count: number): string =>
    ears.length === 0 ? '–' : `${count} (${((100 * count) / ears.length).toFixed(1)} %)`
  const seconds = rows.map((row) => row.seconds)
  const most = Math.max(...seconds)
  const falseEars = sum(rows.map((row) => row.falseEars))
  print(
    `| ${name} | ${rows.length} | ${ears.length} | ${share(found.length)} | ${share(right.length)} | ${falseEars} | ${median(seconds).toFixed(1)}, ${most.toFixed(1)} |`
  )
}

/** Scanners' names stand for temporal bones. */
function titleOf({ set, kind }: CaseRow): string {
  if (set !== 'no ear') return kind
  if (kind === 'head') return 'skull phantom'
  return ['flat-panel', 'cone-beam', 'multi-slice'].includes(kind) ? 'temporal bone without its ear' : kind
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
