import { byId } from '../element.ts'
import { unsavedChanges } from '../state.ts'
import type { Store } from '../store.ts'

/**
 * Asks before corrections are lost; the browser asks where the page is left with some that it does not keep.
 * @param save saves the session to a file
 * @returns asks, of so many corrections or of all that no file has, whether to go on: nothing would be lost, it was saved, or a
 *   person gives it up
 */
export function askBeforeLoss(store: Store, save: () => Promise<void>): (lost?: number) => Promise<boolean> {
  const dialog = byId<HTMLDialogElement>('loss-dialog')
  const [text, saving] = [byId('loss-text'), byId<HTMLButtonElement>('loss-save')]
  let answer: (goOn: boolean) => void = () => {}
  const close = (goOn: boolean): void => {
    dialog.close()
    answer(goOn)
  }
  byId('loss-stay').addEventListener('click', () => close(false))
  byId('loss-discard').addEventListener('click', () => close(true))
  dialog.addEventListener('cancel', () => answer(false))
  saving.addEventListener('click', () => {
    saving.disabled = true
    text.textContent = 'Writing the session…'
    save()
      .then(() => close(true))
      .catch((error: unknown) => {
        text.textContent = `The session could not be saved: ${error instanceof Error ? error.message : String(error)}`
      })
      .finally(() => {
        saving.disabled = false
      })
  })
  addEventListener('beforeunload', (event) => {
    const { log, saved, kept } = store.state
    if (log.length > Math.max(saved, kept)) event.preventDefault()
  })
  return (lost = unsavedChanges(store.state)) => {
    const { scanName } = store.state
    if (lost <= 0) return Promise.resolve(true)
    answer(false)
    text.textContent = `${lost === 1 ? 'One correction' : `${lost} corrections`} of ${scanName} would be lost.`
    if (!dialog.open) dialog.showModal()
    return new Promise((resolve) => {
      answer = resolve
    })
  }
}
