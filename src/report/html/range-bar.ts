import { plotBand } from '../../core/plots/band.ts'
import { linearScale } from '../../core/plots/scale.ts'
import { pixels } from '../../core/plots/svg.ts'
import { escapeHtml } from '../escape-html.ts'
import type { EarResult } from '../result.ts'

type Measured = EarResult['measurements'][number]

/** Length and height of the bar's own coordinates. */
const bar = { width: 120, height: 12 }

/** How many standard deviations a bar shows on either side of the mean. */
const shown = 4

/** A reference's mean ± 2 standard deviations as a band, its mean as a tick, the value and its interval upon it. */
export function rangeBar(
  value: number,
  { uncertainty, unit }: Measured,
  reference: NonNullable<Measured['reference']>
): string {
  const { mean, sd, n, source } = reference
  const scale = linearScale([mean - shown * sd, mean + shown * sd], [0, bar.width])
  const place = (x: number): string => pixels(Math.max(3, Math.min(bar.width - 3, scale.at(x))))
  const middle = bar.height / 2
  const parts = [
    `<rect class="whole" x="0" y="${middle - 0.5}" width="${bar.width}" height="1"/>`,
    ...plotBand(reference, scale, 2.5, 9.5),
    uncertainty && `<path class="interval" d="M${place(uncertainty.low)} ${middle}H${place(uncertainty.high)}"/>`,
    `<circle cx="${place(value)}" cy="${middle}" r="3"/>`
  ]
  const label = escapeHtml(`${mean} ± ${sd} ${unit} (${source}${n === undefined ? '' : `, n = ${n}`})`)
  const frame = `<svg class="range" viewBox="0 0 ${bar.width} ${bar.height}" role="img" aria-label="${label}">`
  return `${frame}${parts.filter(Boolean).join('')}</svg>`
}
