import { byId } from '../element.ts'
import { filesOfInput } from '../scan-files.ts'
import type { Store } from '../store.ts'
import type { TakingBefore } from '../take-before.ts'
import { showOpening } from './opening.ts'

/** The dialog that takes the labyrinth from a scan before surgery. @returns opens it */
export function showBeforeDialog(store: Store, taking: TakingBefore): () => void {
  const dialog = byId<HTMLDialogElement>('before-dialog')
  for (const id of ['before-file', 'before-folder']) {
    const input = byId<HTMLInputElement>(id)
    input.addEventListener('change', () => {
      if (input.files?.length) {
        void taking.take(filesOfInput(input.files)).then((isTaken) => {
          if (isTaken) dialog.close()
        })
      }
      input.value = ''
    })
  }
  store.listen(({ phase }) => {
    if (dialog.open && phase !== 'ready') dialog.close()
  })
  showOpening('before', dialog, taking)
  return () => {
    taking.cancel()
    dialog.showModal()
  }
}
