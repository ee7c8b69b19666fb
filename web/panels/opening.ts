import { element } from '../element.ts'
import type { Store } from '../store.ts'
import { progressText } from './progress.ts'

/**
 * In a dialog that opens something beside the scan on show: how that goes, a way to stop it, what is wrong with it, and no
 * other way meanwhile.
 * @param prefix of the ids of what is added to the dialog to show it
 * @param isOff whether a way is off though nothing is under way
 */
export function showOpening(
  prefix: string,
  dialog: HTMLDialogElement,
  { opening, cancel }: { readonly opening: Store; readonly cancel: () => void },
  isOff: (way: HTMLElement) => boolean = () => false
): void {
  const [stateId, button] = [`${prefix}-state`, { type: 'button' }]
  const bar = element('progress', { id: `${prefix}-bar`, max: 1, 'aria-labelledby': stateId, hidden: true })
  const status = element('p', { id: stateId, class: 'opening-state', role: 'status' })
  const stop = element('button', { ...button, id: `${prefix}-stop`, hidden: true, click: cancel }, 'Stop')
  const close = element('button', { ...button, id: `${prefix}-close`, click: () => dialog.close() }, 'Close')
  dialog.querySelector('.sheet')?.append(bar, status, element('div', { class: 'choose' }, stop, close))
  // By Escape too.
  dialog.addEventListener('close', cancel)
  opening.listen((state, before) => {
    const isBusy = state.opening !== null || state.phase !== 'empty'
    bar.hidden = !isBusy
    stop.hidden = !isBusy
    for (const way of dialog.querySelectorAll<HTMLInputElement | HTMLButtonElement>('.ways input, .ways button')) {
      way.disabled = isBusy || isOff(way)
    }
    for (const button of dialog.querySelectorAll('.ways label')) button.classList.toggle('off', isBusy)
    if (state.progress !== before.progress && state.progress !== null) {
      const { done, total } = state.progress
      if (total > 1) bar.value = done / total
      else bar.removeAttribute('value')
    }
    status.classList.toggle('refused', state.error !== null)
    const doing = state.progress === null ? `Reading ${state.opening ?? ''}…` : progressText(state.progress)
    status.textContent = state.error ?? (isBusy ? doing : '')
  })
}
