import { sessionEnding } from '../src/report/session/session-file.ts'
import { element } from './element.ts'
import type { ScanOnShow } from './scan-on-show.ts'
import type { Store } from './store.ts'

/** Saves the scan, what was found and all corrections as one file, which the page and the command line reopen. */
export async function saveSession(store: Store, scan: ScanOnShow): Promise<void> {
  await scan.settled()
  const { log, scanName } = store.state
  const file = await scan.session?.analysisWorker.session(scanName, log)
  if (file === undefined) return
  saveFile(new Uint8Array(file), `${folderName(scanName)}${sessionEnding}`)
  store.dispatch({ type: 'saved', entries: log.length })
}

/** A scan's name without its ending and without what a file system may not like. */
export function folderName(scan: string): string {
  const endings = /\.(nii|nii\.gz|nrrd|nhdr|mha|mhd|dcm|zip|otomark)$/i
  const plain = scan.replace(endings, '').replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')
  return plain.replace(/^[.-]+/, '') || 'scan'
}

export function saveFile(bytes: Uint8Array<ArrayBuffer> | Blob | string, name: string): void {
  const address = URL.createObjectURL(new Blob([bytes]))
  element('a', { href: address, download: name }).click()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
