import type { Row } from './rows.ts'

/** How much larger than the one on record a ratio may be: what one machine measures twice differs by less. */
const allowedGrowth = 0.1

/** A ratio that grew. */
export interface Worse {
  readonly name: string
  readonly unit: Row['unit']
  readonly peerName: string
  readonly before: number
  readonly now: number
}

/**
 * Compares the ratios of two measurements, not their times: those are of a machine and its day. Sides are the same
 * where they measure the same thing beside the same peer of any version.
 */
export function compareRows(
  before: readonly Row[],
  now: readonly Row[]
): { readonly compared: number; readonly worse: readonly Worse[] } {
  const known = new Map(before.flatMap((row) => (row.ratio === null ? [] : [[keyOf(row), row.ratio]])))
  const pairs = now.flatMap(({ ratio, ...row }) => {
    const earlier = known.get(keyOf(row))
    return ratio === null || earlier === undefined ? [] : [{ ...row, before: earlier, now: ratio }]
  })
  const worse = pairs.filter((pair) => pair.now > pair.before * (1 + allowedGrowth))
  return { compared: pairs.length, worse }
}

/** `torch-2.15.0+cu132 eager` and `torch-2.16.0 eager` are one peer. */
function keyOf({ name, unit, peerName }: Pick<Row, 'name' | 'unit' | 'peerName'>): string {
  return [name, unit, peerName.replace(/[-\s]v?\d[\w.+]*/, '')].join(' ')
}
