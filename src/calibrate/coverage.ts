import { mean } from '../core/math/mean.ts'
import { halfWidth90 } from '../measure/measurement.ts'
import { calibratedDeviation } from '../measure/uncertainty.ts'
import { rowsOf } from './fit.ts'
import type { QuantityError } from './observe.ts'

/** How often the truth of one quantity lies in the 90 % interval of ears its deviation was not fitted on. */
export interface Coverage {
  readonly id: string
  readonly ears: number
  readonly inside: number
  /** Mean half width of the intervals, in the quantity's unit. */
  readonly halfWidth: number
}

/** Each half of the ears is checked with the deviation found on the other. */
export function coverageOf(ears: readonly (readonly QuantityError[])[]): Coverage[] {
  const halves = [0, 1].map((parity) => ears.filter((_, n) => n % 2 === parity))
  const ids = [...new Set(ears.flatMap((rows) => rows.map(({ id }) => id)))]
  return ids.map((id) => {
    const checked = halves.flatMap((half, n) => {
      const deviation = calibratedDeviation(rowsOf(id, halves[1 - n] ?? []))
      return rowsOf(id, half).map(({ error, spread }) => ({
        error: Math.abs(error),
        width: halfWidth90 * Math.hypot(spread, deviation)
      }))
    })
    return {
      id,
      ears: checked.length,
      inside: checked.filter(({ error, width }) => error <= width).length,
      halfWidth: mean(checked.map(({ width }) => width))
    }
  })
}

/** A Markdown table of it, and the share of all truths that lie inside. */
export function formatCoverage(rows: readonly Coverage[]): string {
  const lines = rows.map(
    ({ id, ears, inside, halfWidth }) =>
      `| ${id} | ${ears} | ${((100 * inside) / ears).toFixed(0)} % | ± ${halfWidth.toPrecision(2)} |`
  )
  const sum = (key: 'inside' | 'ears'): number => rows.reduce((total, row) => total + row[key], 0)
  const head = ['| quantity | ears | truths in the 90 % interval | half width |', '|---|---|---|---|']
  return [...head, ...lines, '', `Of all, ${((100 * sum('inside')) / sum('ears')).toFixed(1)} % lie inside.`, ''].join(
    '\n'
  )
}
