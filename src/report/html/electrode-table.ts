import { escapeHtml } from '../escape-html.ts'
import type { EarResult } from '../result.ts'
import { electrodeDrawing } from './electrode-drawing.ts'

/** Where an electrode of the length that was asked for would lie; nothing where none was asked for. */
export function electrodeTable({ electrode }: EarResult): string {
  if (electrode === undefined) return ''
  const cell = (text: string): string => `<td class="number">${text}</td>`
  const rows = electrode.rows.map(
    ({ depth, angle, frequency }) =>
      `<tr>${cell(depth.toFixed(1))}${cell(angle.toFixed(0))}${cell(frequency.toFixed(0))}</tr>`
  )
  const head = ['Depth, mm', 'Angle, °', 'Frequency, Hz'].map((text) => `<th class="number">${text}</th>`).join('')
  return `<h3>Electrode of ${electrode.length} mm along the lateral wall</h3>
<div class="electrode">${electrodeDrawing(electrode)}
<table><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table></div>
<p class="faint">${escapeHtml(electrode.source)}</p>`
}
