import { landmarkKinds } from '../../core/anatomy.ts'
import type { EarResult } from '../result.ts'

/** Where each landmark lies and how sure that is, as numbers. */
export function landmarkTable({ landmarks }: EarResult): string {
  const rows = landmarkKinds.map(({ id, name }) => {
    const landmark = landmarks[id]
    const label = `<th scope="row">${name}</th>`
    if (landmark.status !== 'defined') return `<tr>${label}<td colspan="4" class="faint">was not found</td></tr>`
    const cells = landmark.position.map((mm) => `<td class="number">${mm.toFixed(2).replace('-', '−')}</td>`)
    const trust = landmark.byHand ? 'by hand' : landmark.confidence.toFixed(2)
    return `<tr>${label}${cells.join('')}<td class="number">${trust}</td></tr>`
  })
  const head = ['L', 'P', 'S', 'Score'].map((text) => `<th class="number" scope="col">${text}</th>`).join('')
  return `<table class="places"><thead><tr><th scope="col">Landmark, LPS mm</th>${head}</tr></thead><tbody>${rows.join('')}</tbody></table>
<p class="faint">L, P and S: mm to the patient's left, to posterior and to superior. Score: 0 to 1, how sharply the network sees it; not a probability.</p>`
}
