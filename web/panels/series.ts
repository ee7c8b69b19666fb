import type { SeriesChoice } from '../../src/io/dicom/series.ts'
import { byId, element } from '../element.ts'
import type { ScanOnShow } from '../scan-on-show.ts'
import type { Store } from '../store.ts'

/** The dialog that asks which of several DICOM series to read. */
export function showSeries(store: Store, scan: ScanOnShow): void {
  const dialog = byId<HTMLDialogElement>('series-dialog')
  const list = byId('series')
  byId('series-cancel').addEventListener('click', scan.cancel)
  dialog.addEventListener('cancel', scan.cancel)
  store.listen(({ series }, before) => {
    if (series === before.series) return
    list.replaceChildren(...series.map((one) => seriesButton(one, () => scan.choose(one.uid))))
    if (series.length === 0) dialog.close()
    else if (!dialog.open) dialog.showModal()
  })
}

function seriesButton(choice: SeriesChoice, click: () => void): HTMLElement {
  const { number, description, slices, details, recommended } = choice
  const name = `${number === '' ? '' : `${number}: `}${description === '' ? 'no description' : description}`
  const rest = [`${slices} slices`, details, recommended ? 'the thinnest, recommended' : ''].filter(
    (text) => text !== ''
  )
  const button = element('button', { type: 'button', click, autofocus: recommended }, [name, ...rest].join(', '))
  return element('li', {}, button)
}
