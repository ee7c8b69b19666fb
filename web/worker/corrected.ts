import type { EarCorrection } from '../../src/analyze/correct.ts'
import type { EarFinding } from '../../src/analyze/findings.ts'
import type { EarEdit } from './analysis-worker.ts'
import { type EarView, reordered } from './ear-view.ts'

/** An edit of the page's as a correction of what was found; the labels as they were where nothing was painted. */
export function correctionOf(
  ear: EarFinding,
  edit: Pick<EarEdit, 'landmarks'> & { readonly labels?: EarEdit['labels'] },
  { box, grid }: EarView
): EarCorrection {
  const { labels, landmarks } = edit
  if (labels === undefined) return { landmarks, labels: ear.labels }
  const data = reordered({ geometry: grid, data: labels }, box, new Uint8Array(labels.length))
  return { landmarks, labels: { geometry: box, data } }
}

/** Edits of all ears as corrections of what was found; an ear without one stays as it was. */
export function correctionsOf(
  ears: readonly EarFinding[],
  edits: readonly EarEdit[],
  views: readonly EarView[]
): EarCorrection[] {
  return ears.map((ear, n) => correctionOf(ear, edits[n] ?? { landmarks: ear.landmarks }, views[n] as EarView))
}
