import { byId } from '../element.ts'
import { folderName, saveFile } from '../save.ts'
import type { ScanOnShow } from '../scan-on-show.ts'
import type { Store } from '../store.ts'
import type { Pane } from './pane.ts'
import { showSingleFiles } from './single-files.ts'

/** The dialog that saves everything as one zip archive, single files, or the session. */
export function showExport(
  store: Store,
  scan: ScanOnShow,
  panes: () => readonly Pane[],
  saveSession: () => Promise<void>
): void {
  const dialog = byId<HTMLDialogElement>('export-dialog')
  const [go, session] = [byId<HTMLButtonElement>('export-go'), byId<HTMLButtonElement>('export-session')]
  const enable = (on: boolean): void => {
    for (const button of dialog.querySelectorAll('button')) button.disabled = !on && button.id !== 'export-close'
  }
  const status = byId('export-state')
  const trying = async (work: () => Promise<string>): Promise<void> => {
    enable(false)
    status.textContent = 'Writing the files…'
    try {
      status.textContent = await work()
    } catch (error) {
      status.textContent = `The files could not be written: ${error instanceof Error ? error.message : String(error)}`
    } finally {
      enable(true)
    }
  }
  showSingleFiles(store, scan, panes, (work) => void trying(work))
  byId('export').addEventListener('click', () => {
    status.textContent = ''
    enable(true)
    dialog.showModal()
  })
  byId('export-close').addEventListener('click', () => dialog.close())
  go.addEventListener('click', () => void trying(() => saveZip(store, scan)))
  session.addEventListener(
    'click',
    () =>
      void trying(async () => {
        await saveSession()
        return 'Saved. Drop it here, or name it to otomark analyze, to go on.'
      })
  )
}

async function saveZip(store: Store, scan: ScanOnShow): Promise<string> {
  await scan.settled()
  const { log, scanName } = store.state
  const name = folderName(scanName)
  const trainingCase = byId<HTMLInputElement>('export-case').checked
  const zip = await scan.session?.analysisWorker.export({ name, log, trainingCase })
  if (zip === undefined) return 'The scan was closed.'
  saveFile(new Uint8Array(zip), `${name}-otomark.zip`)
  store.dispatch({ type: 'saved', entries: log.length })
  return `Saved ${name}-otomark.zip, ${(zip.length / 1e6).toFixed(1)} MB.`
}
