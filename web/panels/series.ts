import { byId, element } from '../element.ts'
import { pictureOf } from '../picture.ts'
import type { ScanOnShow } from '../scan-on-show.ts'
import type { Store } from '../store.ts'
import type { SeriesOffer } from '../worker/analysis-worker.ts'

/** The dialog that asks which of several DICOM series to read. */
export function showSeries(store: Store, scan: Pick<ScanOnShow, 'choose' | 'cancel'>): void {
  const dialog = byId<HTMLDialogElement>('series-dialog')
  const list = byId('series')
  // A scan to compare with has its own store; both ask here.
  const cancel = (): void => {
    if (store.state.series.length > 0) scan.cancel()
  }
  byId('series-cancel').addEventListener('click', cancel)
  dialog.addEventListener('cancel', cancel)
  store.listen(({ series }, before) => {
    if (series === before.series) return
    list.replaceChildren(...series.map((one) => seriesButton(one, () => scan.choose(one.uid))))
    if (series.length === 0) dialog.close()
    else if (!dialog.open) dialog.showModal()
  })
}

function seriesButton(
  { number, description, slices, details, recommended, preview }: SeriesOffer,
  click: () => void
): HTMLElement {
  const name = `${number === '' ? '' : `${number}: `}${description === '' ? 'no description' : description}`
  const rest = [`${slices} slices`, details].filter((text) => text !== '').join(', ')
  const picture = element('span', { class: 'series-picture', 'aria-hidden': 'true' })
  if (preview !== undefined) picture.append(pictureOf(preview))
  const words = element('span', {}, element('b', {}, name), element('span', { class: 'faint' }, rest))
  if (recommended) words.append(element('span', { class: 'advice' }, 'Recommended: the finest slices'))
  const button = element('button', { type: 'button', click, autofocus: recommended }, picture, words)
  return element('li', {}, button)
}
