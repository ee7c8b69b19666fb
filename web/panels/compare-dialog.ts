import type { Comparing } from '../compare/compare.ts'
import { byId } from '../element.ts'
import { filesOfInput, type ScanInput } from '../scan-files.ts'
import type { Store } from '../store.ts'
import { showOpening } from './opening.ts'

/** The dialog that asks what to compare with, shows how opening it goes, and what is wrong with it. */
export function showCompareDialog(store: Store, comparing: Comparing): void {
  const dialog = byId<HTMLDialogElement>('compare-dialog')
  const found = byId<HTMLButtonElement>('compare-found')
  const ways: Readonly<Record<string, (input: ScanInput) => Promise<void>>> = {
    'compare-file': comparing.scan,
    'compare-folder': comparing.scan,
    'compare-labels': comparing.labels,
    'compare-result': comparing.labels
  }
  for (const [id, open] of Object.entries(ways)) {
    const input = byId<HTMLInputElement>(id)
    input.addEventListener('change', () => {
      if (input.files?.length) void open(filesOfInput(input.files))
      input.value = ''
    })
  }
  found.addEventListener('click', () => void comparing.found())
  byId('compare').addEventListener('click', () => {
    comparing.cancel()
    dialog.showModal()
  })
  store.listen((state, before) => {
    byId('compare').hidden = state.phase !== 'ready'
    found.disabled = state.log.length === 0
    const count = state.log.length === 1 ? 'one correction' : `${state.log.length} corrections`
    byId('compare-found-text').textContent =
      state.log.length === 0 ? 'Nothing was corrected yet.' : `What was found, before ${count}.`
    const isAnswered = state.comparison !== null && state.comparison !== before.comparison
    if (dialog.open && (isAnswered || state.phase !== 'ready')) dialog.close()
  })
  showOpening('compare', dialog, comparing, (way) => way === found && store.state.log.length === 0)
}
