import { ductLengthUse, recommendedDuctLength } from '../../measure/catalogue/duct-length-choice.ts'
import { quantityGroups } from '../../measure/catalogue.ts'
import { escapeHtml } from '../escape-html.ts'
import type { EarResult } from '../result.ts'
import { rangeBar } from './range-bar.ts'

type Measured = EarResult['measurements'][number]

/**
 * One ear's measurements by group: value, 90 % interval where any is known, and what real ears have, all of it as numbers.
 * Of the lengths of the duct one is recommended; the others stand below it, folded, with their formulas and uses.
 * @param basis what the intervals were calibrated on
 */
export function measurementTable({ measurements }: EarResult, basis: string | undefined): string {
  const hasIntervals = measurements.some(({ uncertainty }) => uncertainty !== undefined)
  const folded = measurements.filter(({ id }) => id in ductLengthUse && id !== recommendedDuctLength.id)
  const groups = quantityGroups.map(({ name, quantities }) => {
    const members = quantities.flatMap(({ id }) => measurements.filter((measured) => measured.id === id))
    const rows = members.filter((measured) => !folded.includes(measured)).map((measured) => row(measured))
    return `<tbody><tr><th colspan="4" scope="rowgroup" class="group">${name}</th></tr>${rows.join('')}</tbody>`
  })
  const head = ['Measurement', 'Value', '90 % interval', 'Real ears: mean ± SD'].map((text, n) => {
    return `<th scope="col"${n === 1 || n === 2 ? ' class="number"' : ''}>${text}</th>`
  })
  const caption = hasIntervals && basis !== undefined ? `<caption>${escapeHtml(basis)}</caption>` : ''
  return `<table class="measured">${caption}<thead><tr>${head.join('')}</tr></thead>${groups.join('')}</table>
${otherLengths(folded)}
${definitions(measurements)}`
}

function row(measured: Measured, note = useOf(measured)): string {
  const { name, value, reason, reference } = measured
  const label = `<th scope="row">${escapeHtml(name)}${note === '' ? '' : `<small>${escapeHtml(note)}</small>`}</th>`
  if (value === null) return `<tr>${label}<td colspan="3" class="faint">${escapeHtml(reason ?? 'not known')}</td></tr>`
  const bar = reference === undefined ? '' : `${rangeBar(value, measured, reference)}<small>${range(measured)}</small>`
  return `<tr>${label}<td class="number"><b>${number(value, measured)}</b> ${measured.unit}</td><td class="number interval">${interval(measured)}</td><td class="among">${bar}</td></tr>`
}

function useOf({ id }: Measured): string {
  return id === recommendedDuctLength.id ? `recommended: ${recommendedDuctLength.why}` : ''
}

function number(value: number, { unit }: Measured): string {
  return value.toFixed(unit === 'mm' || unit === 'turns' ? 2 : 1).replace('-', '−')
}

function interval(measured: Measured): string {
  const { uncertainty } = measured
  return uncertainty === undefined ? '' : `${number(uncertainty.low, measured)} – ${number(uncertainty.high, measured)}`
}

function range(measured: Measured): string {
  const { reference, unit } = measured
  if (reference === undefined) return ''
  const { mean, sd, n } = reference
  const counted = n === undefined ? '' : `, n = ${n}`
  return escapeHtml(`${number(mean, measured)} ± ${number(sd, measured)} ${unit}${counted}`)
}

/** The lengths of the duct that are not recommended, with when to take them. */
function otherLengths(folded: readonly Measured[]): string {
  if (folded.length === 0) return ''
  const rows = folded.map((measured) => {
    const formula = measured.formula === undefined ? '' : `${measured.formula}; `
    return row(measured, `${formula}${ductLengthUse[measured.id]}`)
  })
  return `<details class="folded"><summary>Other lengths of the cochlear duct, and when to take which</summary><table class="measured"><tbody>${rows.join('')}</tbody></table></details>`
}

/** Where a measurement comes from, to begin a sentence: an article, or `direct`. */
function methodOf(source: string): string {
  const text = source.replace(/^direct\b/, 'measured directly')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}

/** What each measurement is and where it comes from, in words that need no pointer. */
function definitions(measurements: readonly Measured[]): string {
  const items = measurements.map(({ name, definition, formula, source, reference }) => {
    const known = reference === undefined ? '' : `Real ears: ${reference.source}.`
    const words = [definition, formula === undefined ? '' : `${formula}.`, `${methodOf(source)}.`, known]
      .filter(Boolean)
      .join(' ')
    return `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(words)}</dd>`
  })
  return `<details class="definitions"><summary>What each measurement is</summary><dl>${items.join('')}</dl></details>`
}
