import { escapeHtml } from '../escape-html.ts'
import type { EarResult } from '../result.ts'

type Measured = EarResult['measurements'][number]

/** Length and height of a range bar's own coordinates. */
const bar = { width: 120, height: 12 }

/** How many standard deviations a bar shows on either side of the mean. */
const shown = 4

/** One ear's measurements: value, 90 % interval, and where the value lies among real ears. */
export function measurementTable({ measurements }: EarResult): string {
  const rows = measurements.map((measured) => {
    const { name, unit, definition, value, reason, uncertainty, reference } = measured
    const title = escapeHtml([definition, measured.formula, measured.source].filter(Boolean).join('. '))
    const label = `<th scope="row" title="${title}">${escapeHtml(name)}</th>`
    if (value === null)
      return `<tr>${label}<td colspan="3" class="faint">${escapeHtml(reason ?? 'not known')}</td></tr>`
    const digits = unit === 'mm' || unit === 'turns' ? 2 : 1
    const interval =
      uncertainty === undefined ? '' : `${uncertainty.low.toFixed(digits)} – ${uncertainty.high.toFixed(digits)}`
    const number = `<td class="number"><b>${value.toFixed(digits)}</b> ${unit}</td><td class="number faint">${interval}</td>`
    return `<tr>${label}${number}<td>${reference === undefined ? '' : rangeBar(value, measured, reference)}</td></tr>`
  })
  const head =
    '<thead><tr><th>Measurement</th><th class="number">Value</th><th class="number">90 % interval</th><th>Among real ears</th></tr></thead>'
  return `<table>${head}<tbody>${rows.join('')}</tbody></table>`
}

/** A reference's mean ± 2 standard deviations as a band, its mean as a tick, the value and its interval upon it. */
function rangeBar(
  value: number,
  { uncertainty, unit }: Measured,
  { mean, sd, source }: NonNullable<Measured['reference']>
): string {
  const place = (x: number): number => {
    const share = (x - mean) / (2 * shown * sd) + 0.5
    return Math.max(3, Math.min(bar.width - 3, share * bar.width))
  }
  const unusual = Math.abs(value - mean) > 2 * sd
  const middle = bar.height / 2
  const [low, high] = [place(mean - 2 * sd), place(mean + 2 * sd)]
  const whisker =
    uncertainty && `<path d="M${place(uncertainty.low).toFixed(1)} ${middle}H${place(uncertainty.high).toFixed(1)}"/>`
  const label = escapeHtml(`${mean} ± ${sd} ${unit} (${source})`)
  return `<svg class="range${unusual ? ' unusual' : ''}" viewBox="0 0 ${bar.width} ${bar.height}" role="img" aria-label="${label}"><title>${label}</title><rect x="0" y="${middle - 0.5}" width="${bar.width}" height="1"/><rect class="usual" x="${low.toFixed(1)}" y="2.5" width="${(high - low).toFixed(1)}" height="7" rx="2"/><rect class="mean" x="${place(mean) - 0.5}" y="2.5" width="1" height="7"/>${whisker ?? ''}<circle cx="${place(value).toFixed(1)}" cy="${middle}" r="3"/></svg>`
}
