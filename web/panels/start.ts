import { byId } from '../element.ts'
import type { EnginePreference } from '../engine.ts'
import { fetchExample } from '../example.ts'
import { filesOfDrop, filesOfInput, type ScanInput } from '../scan-files.ts'
import type { Store } from '../store.ts'

/** The empty page: takes a scan, dropped anywhere or chosen. */
export function showStart(store: Store, open: (input: ScanInput) => void): void {
  const give = (input: ScanInput): void => {
    if (input.content.length > 0) open(input)
    else
      store.dispatch({ type: 'problem', message: 'There was no file in what was dropped; drop a scan or its folder.' })
  }
  const say = (what: string, error: unknown, advice: string): void => {
    const reason = error instanceof Error ? error.message : String(error)
    store.dispatch({ type: 'problem', message: `${what} (${reason}); ${advice}.` })
  }
  for (const id of ['file', 'folder']) {
    const input = byId<HTMLInputElement>(id)
    input.addEventListener('change', () => {
      if (input.files?.length) give(filesOfInput(input.files))
      input.value = ''
    })
  }
  const dragging = (on: boolean) => (event: DragEvent) => {
    event.preventDefault()
    // The library that draws slices would take files that are dropped on them.
    event.stopPropagation()
    document.body.classList.toggle('dragging', on)
  }
  document.addEventListener('dragover', dragging(true), true)
  document.addEventListener('dragleave', (event) => {
    // From one element of the page to another nothing leaves it.
    if (event.relatedTarget === null) dragging(false)(event)
  })
  document.addEventListener('dragenter', dragging(true), true)
  document.addEventListener(
    'drop',
    (event) => {
      dragging(false)(event)
      if (event.dataTransfer === null) return
      filesOfDrop(event.dataTransfer)
        .then(give)
        .catch((error: unknown) => say('What was dropped could not be read', error, 'drop it again, or choose it'))
    },
    true
  )
  const example = byId<HTMLButtonElement>('example')
  example.addEventListener('click', () => {
    example.disabled = true
    fetchExample()
      .then(open)
      .catch((error: unknown) => say('The example could not be fetched', error, 'try again online'))
      .finally(() => {
        example.disabled = false
      })
  })
  const preference = byId<HTMLSelectElement>('preference')
  preference.addEventListener('change', () =>
    store.dispatch({ type: 'prefer', preference: preference.value as EnginePreference })
  )
  store.listen(({ phase }) => {
    byId('start').hidden = phase !== 'empty'
  })
}
