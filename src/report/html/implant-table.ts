import { doubtsOf } from '../describe-implant.ts'
import { escapeHtml } from '../escape-html.ts'
import type { EarResult } from '../result.ts'

/** The contacts of an array that was found, or why there are none; nothing where no metal lies in the cochlea. */
export function implantTable({ implant }: EarResult): string {
  if (implant === undefined) return ''
  const doubts = doubtsOf(implant).map((text) => `<li>${escapeHtml(text)}</li>`)
  const list = doubts.length === 0 ? '' : `<ul class="words">${doubts.join('')}</ul>`
  if (implant.status === 'not found') return `<h3>Electrode array</h3>\n${list}`
  const cell = (text: string): string => `<td class="number">${text}</td>`
  const rows = implant.contacts.map(({ order, number, position, confidence, byHand, inside }) => {
    const place = position.map((mm) => cell(mm.toFixed(2).replace('-', '−')))
    const along = inside
      ? [inside.angle.toFixed(0), inside.depth.toFixed(1), inside.frequency.toFixed(0)].map(cell)
      : ['<td colspan="3" class="faint">outside the cochlea</td>']
    const counted = number === undefined ? '' : String(number)
    return `<tr>${cell(String(order))}${cell(counted)}${place.join('')}${along.join('')}${cell(byHand ? 'by hand' : confidence.toFixed(2))}</tr>`
  })
  const names = [
    'From the apex',
    "Maker's number",
    'x',
    'y',
    'z, LPS mm',
    'Angle, °',
    'Depth, mm',
    'Frequency, Hz',
    'Score'
  ]
  const head = names.map((text) => `<th class="number">${text}</th>`).join('')
  const { maker, model } = implant.array
  return `<h3>Contacts of the ${escapeHtml(`${maker} ${model}`)}</h3>
${list}
<table><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table>
<p class="faint">${escapeHtml(implant.source)}. A score is no probability. Contacts were checked on generated scans only.</p>`
}
