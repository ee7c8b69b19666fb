import type { MeshTopology } from '../../src/core/mesh/mesh-topology.ts'
import type { CaseEvaluation } from '../../src/evaluate/evaluation.ts'
import type { Uncertainty } from '../../src/measure/measurement.ts'

/** One ear in one variant. */
export interface EarRow {
  readonly ear: string
  readonly variant: string
  readonly seconds: number
  /** Why the scan was not analysed, in the program's words. */
  readonly refusal: string | null
  readonly flags: readonly string[]
  readonly notes: readonly string[]
  readonly sideConfidence: number | null
  readonly topology: MeshTopology | null
  readonly measurements: readonly { id: string; value: number | null; uncertainty: Uncertainty | null }[]
  readonly evaluation: CaseEvaluation
}

/** The ear whose label is too small (studies/real-ct/README.md): in no mean. */
const leftOut = 'F11'

/** One line for each ear and one table over the variants, as Markdown. */
export function printTables(rows: readonly EarRow[]): void {
  const variants = [...new Set(rows.map(({ variant }) => variant))]
  console.log(
    '| variant | found | side right | Dice mean | lowest | ASSD, mm | helicotrema | oval w. | round w. | mean, mm | largest change | genus 3 | flagged | refused |'
  )
  console.log(`|${'---|'.repeat(14)}`)
  for (const variant of variants) printVariant(variant, rows)
  console.log(
    '\n| variant | ear | side | confidence | Dice | ASSD, mm | landmarks, mm | shells, genus | flags, notes |'
  )
  console.log(`|${'---|'.repeat(9)}`)
  for (const row of rows) printEar(row)
}

function printVariant(variant: string, all: readonly EarRow[]): void {
  const rows = all.filter((row) => row.variant === variant)
  const judged = rows.filter(({ ear }) => ear !== leftOut)
  const plain = (ear: string): EarRow | undefined => all.find((row) => row.variant === 'as it is' && row.ear === ear)
  const changes = judged.flatMap((row) => {
    const before = plain(row.ear)
    return before === undefined ? [] : [diceOf(row) - diceOf(before)]
  })
  const of = (n: number): string => `${n}/${rows.length}`
  const each = [0, 1, 2].map((n) => mean(rows.flatMap((row) => errorsOf(row)[n] ?? [])))
  const cells = [
    variant,
    of(rows.filter((row) => earOf(row)?.outcome === 'found').length),
    of(rows.filter((row) => earOf(row)?.sideCorrect === true).length),
    mean(judged.map(diceOf)).toFixed(3),
    Math.min(...judged.map(diceOf)).toFixed(3),
    mean(judged.flatMap((row) => row.evaluation.outlines.labyrinth?.averageSurfaceDistance ?? [])).toFixed(3),
    ...each.map((mm) => mm.toFixed(2)),
    mean(each).toFixed(2),
    changes.reduce((most, change) => (Math.abs(change) > Math.abs(most) ? change : most), 0).toFixed(3),
    of(rows.filter(({ topology }) => topology?.shells === 1 && topology?.genus === 3).length),
    of(rows.filter(({ flags }) => flags.length > 0).length),
    of(rows.filter(({ refusal }) => refusal !== null).length)
  ]
  console.log(`| ${cells.join(' | ')} |`)
}

function printEar(row: EarRow): void {
  const ear = earOf(row)
  const cells = [
    row.variant,
    row.ear,
    ear?.outcome === 'found' ? (ear.sideCorrect ? 'right' : '**wrong**') : `**${ear?.outcome ?? 'none'}**`,
    row.sideConfidence?.toFixed(2) ?? '',
    diceOf(row).toFixed(3),
    row.evaluation.outlines.labyrinth?.averageSurfaceDistance?.toFixed(3) ?? '',
    errorsOf(row)
      .map((mm) => mm?.toFixed(2) ?? '–')
      .join(' '),
    row.topology === null ? '' : `${row.topology.shells}, ${row.topology.genus}`,
    [row.refusal ?? '', ...row.flags.map((flag) => flag.split(':')[0]), ...row.notes].filter((text) => text).join('; ')
  ]
  console.log(`| ${cells.join(' | ')} |`)
}

function earOf({ evaluation }: EarRow): CaseEvaluation['ears'][number] | undefined {
  return evaluation.ears.find(({ outcome }) => outcome !== 'false')
}

function diceOf({ evaluation }: EarRow): number {
  return evaluation.outlines.labyrinth?.dice ?? 0
}

/** mm, in the order of the anatomy table; undefined for a landmark that was not found. */
function errorsOf(row: EarRow): (number | undefined)[] {
  return (earOf(row)?.landmarks ?? []).map((mark) => (mark.outcome === 'found' ? mark.error : undefined))
}

function mean(values: readonly (number | undefined)[]): number {
  const known = values.filter((value) => value !== undefined)
  return known.reduce((sum, value) => sum + value, 0) / known.length
}
