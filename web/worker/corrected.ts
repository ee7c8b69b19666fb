import type { EarCorrection } from '../../src/analyze/correct.ts'
import type { EarFinding } from '../../src/analyze/findings.ts'
import type { EarEdit } from './analyst.ts'
import { type EarView, reordered } from './ear-view.ts'

/** An edit of the page's as a correction of what was found; the labels as they were where nothing was painted. */
export function correctionOf(ear: EarFinding, edit: EarEdit, { box, grid }: EarView): EarCorrection {
  const { labels, landmarks } = edit
  if (labels === undefined) return { landmarks, labels: ear.labels }
  const data = reordered({ geometry: grid, data: labels }, box, new Uint8Array(labels.length))
  return { landmarks, labels: { geometry: box, data } }
}
