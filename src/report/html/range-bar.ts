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
  { mean, sd, n, source }: NonNullable<Measured['reference']>
): string {
  const place = (x: number): number => {
    const share = (x - mean) / (2 * shown * sd) + 0.5
    return Math.max(3, Math.min(bar.width - 3, share * bar.width))
  }
  const middle = bar.height / 2
  const [low, high] = [place(mean - 2 * sd), place(mean + 2 * sd)]
  const parts = [
    `<rect x="0" y="${middle - 0.5}" width="${bar.width}" height="1"/>`,
    `<rect class="usual" x="${low.toFixed(1)}" y="2.5" width="${(high - low).toFixed(1)}" height="7" rx="2"/>`,
    `<rect class="mean" x="${place(mean) - 0.5}" y="2.5" width="1" height="7"/>`,
    uncertainty && `<path d="M${place(uncertainty.low).toFixed(1)} ${middle}H${place(uncertainty.high).toFixed(1)}"/>`,
    `<circle cx="${place(value).toFixed(1)}" cy="${middle}" r="3"/>`
  ]
  const label = escapeHtml(`${mean} ± ${sd} ${unit} (${source}${n === undefined ? '' : `, n = ${n}`})`)
  const frame = `<svg class="range" viewBox="0 0 ${bar.width} ${bar.height}" role="img" aria-label="${label}">`
  return `${frame}<title>${label}</title>${parts.filter(Boolean).join('')}</svg>`
}
