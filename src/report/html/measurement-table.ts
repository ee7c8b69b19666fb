import { quantityGroups } from '../../measure/catalogue.ts'
import { escapeHtml } from '../escape-html.ts'
import type { EarResult } from '../result.ts'
import { rangeBar } from './range-bar.ts'

type Measured = EarResult['measurements'][number]

/** As wide as a digit, so that points stand below each other. */
const figureSpace = '\u2007'

/**
 * One ear's measurements by group: value, 90 % interval where any is known, and where the value lies among real ears.
 * @param basis what the intervals were calibrated on
 */
export function measurementTable({ measurements }: EarResult, basis: string | undefined): string {
  const intervals = measurements.some(({ uncertainty }) => uncertainty !== undefined)
  const groups = quantityGroups.map(({ name, quantities }) => {
    const members = quantities.flatMap(({ id }) => measurements.filter((measured) => measured.id === id))
    const heading = `<tr><th colspan="${intervals ? 5 : 4}" scope="rowgroup" class="group">${name}</th></tr>`
    return `<tbody>${heading}${members.map((measured) => row(measured, intervals)).join('')}</tbody>`
  })
  const interval = intervals ? '<th class="number interval">90 % interval</th>' : ''
  const head = `<thead><tr><th>Measurement</th><th class="number">Value</th><th></th>${interval}<th>Among real ears</th></tr></thead>`
  const caption = intervals && basis !== undefined ? `<caption>${escapeHtml(basis)}</caption>` : ''
  return `<table>${caption}${head}${groups.join('')}</table>`
}

function row(measured: Measured, intervals: boolean): string {
  const { name, unit, value, reason, uncertainty, reference } = measured
  const title = escapeHtml([measured.definition, measured.formula, measured.source].filter(Boolean).join('. '))
  const label = `<th scope="row" title="${title}">${escapeHtml(name)}</th>`
  if (value === null) {
    return `<tr>${label}<td colspan="${intervals ? 4 : 3}" class="faint">${escapeHtml(reason ?? 'not known')}</td></tr>`
  }
  const [digits, room] = unit === 'mm' || unit === 'turns' ? [2, ''] : [1, figureSpace]
  const number = (x: number): string => x.toFixed(digits) + room
  const cells = [
    `<td class="number"><b>${number(value)}</b></td><td class="unit">${unit}</td>`,
    intervals &&
      `<td class="number interval">${uncertainty ? `${uncertainty.low.toFixed(digits)} – ${number(uncertainty.high)}` : ''}</td>`,
    `<td>${reference ? rangeBar(value, measured, reference) : ''}</td>`
  ]
  return `<tr>${label}${cells.filter(Boolean).join('')}</tr>`
}
