import type { Remote } from 'comlink'
import { byId, element } from '../element.ts'
import type { Store } from '../store.ts'
import type { Analyst } from '../worker/analyst.ts'

/** The dialog that saves everything as one zip archive. */
export function showExport(
  store: Store,
  analyst: () => Remote<Analyst> | undefined,
  settled: () => Promise<void>
): void {
  const dialog = byId<HTMLDialogElement>('export-dialog')
  const [go, status] = [byId<HTMLButtonElement>('export-go'), byId('export-state')]
  byId('export').addEventListener('click', () => {
    status.textContent = ''
    dialog.showModal()
  })
  byId('export-close').addEventListener('click', () => dialog.close())
  go.addEventListener('click', () => void save())

  async function save(): Promise<void> {
    go.disabled = true
    status.textContent = 'Writing the files…'
    try {
      await settled()
      const { log, scanName } = store.state
      const name = folderName(scanName)
      const trainingCase = byId<HTMLInputElement>('export-case').checked
      const zip = await analyst()?.export({ name, log, trainingCase })
      if (zip === undefined) return
      saveFile(zip as Uint8Array<ArrayBuffer>, `${name}-otomark.zip`)
      status.textContent = `Saved ${name}-otomark.zip, ${(zip.length / 1e6).toFixed(1)} MB.`
    } catch (error) {
      status.textContent = `The files could not be written: ${error instanceof Error ? error.message : String(error)}`
    } finally {
      go.disabled = false
    }
  }
}

/** A scan's name without its ending and without what a file system may not like. */
function folderName(scan: string): string {
  const plain = scan.replace(/\.(nii|nii\.gz|nrrd|nhdr|mha|mhd|dcm|zip)$/i, '').replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')
  return plain.replace(/^[.-]+/, '') || 'scan'
}

function saveFile(bytes: Uint8Array<ArrayBuffer>, name: string): void {
  const address = URL.createObjectURL(new Blob([bytes], { type: 'application/zip' }))
  element('a', { href: address, download: name }).click()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
