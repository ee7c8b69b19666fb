import type { EarFinding, Findings } from '../../analyze/findings.ts'
import type { Scan } from '../../core/volume.ts'
import { escapeHtml } from '../escape-html.ts'
import { bodyViews } from '../picture/plane.ts'
import type { AnalysisResult, FlagResult } from '../result.ts'
import { sliceFigure } from './figure.ts'

/** Edge of the pictures, mm, and their size in pixels. */
const closeUp = { edge: 14, pixels: 240 }

/** Warnings before notes; one that has a place leads to its pictures. */
export function flagList(flags: AnalysisResult['flags'], { ears }: Findings): string {
  if (flags.length === 0) {
    return '<p class="faint">Nothing doubtful was noticed, which is no proof that all is well.</p>'
  }
  const ordered = ['warning', 'note'].flatMap((severity) => flags.filter((flag) => flag.severity === severity))
  const items = ordered.map((flag) => {
    const link = earOf(flag, ears) && ` <a href="#flag-${flags.indexOf(flag)}">Look</a>`
    return `<li class="${flag.severity}">${escapeHtml(flag.text)}${link ?? ''}</li>`
  })
  return `<ul class="flags">${items.join('')}</ul>`
}

/** Axial, coronal and sagittal slices through the place of every flag about this ear that has one. */
export function flagFigures(flags: AnalysisResult['flags'], scan: Scan, ear: EarFinding): string {
  const figures = flags.flatMap((flag, n) => {
    const { place, text } = flag
    if (place === undefined || earOf(flag, [ear]) === undefined) return []
    const slices = bodyViews.map(({ name, across, down }) =>
      sliceFigure(scan, ear, { center: place, across, down, edge: closeUp.edge }, name, closeUp.pixels)
    )
    return [`<div id="flag-${n}"><h4>${escapeHtml(text)}</h4><div class="triple">${slices.join('')}</div></div>`]
  })
  return figures.length === 0 ? '' : `<h3>Where doubts are</h3>\n<div class="landmarks">${figures.join('')}</div>`
}

/** The ear that a flag with a place is about. */
function earOf({ place, side }: FlagResult, ears: readonly EarFinding[]): EarFinding | undefined {
  return place === undefined ? undefined : ears.find((ear) => ear.side === side)
}
