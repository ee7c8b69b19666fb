import type { FolderEntry } from '../io/file-access.ts'
import { caseStems } from './case-files.ts'
import { imageStem } from './image-names.ts'
import { isNnunetDataset } from './layouts/nnunet-dataset.ts'

/**
 * Whether an entry of a folder is the truth or the outline of a scan, and no scan: `labels.*` of a case's folder,
 * `NAME_truth.*` beside `NAME.*`, the folders of labels of an nnU-Net dataset.
 */
export function isTruth({ name, isFolder }: FolderEntry, beside: readonly FolderEntry[]): boolean {
  if (isFolder) return /^labelsT[rs]$/.test(name) && isNnunetDataset(beside)
  const stem = imageStem(name)
  if (stem === undefined) return false
  if (stem === caseStems.labels) return true
  const scan = stem.replace(/_truth$/i, '')
  return scan !== stem && beside.some((other) => !other.isFolder && imageStem(other.name) === scan)
}

/**
 * What scans are called, by their paths without ending: `p01/ct` is the scan of the case `p01`, where no other scan is
 * called that.
 */
export function caseNames(scans: readonly string[]): string[] {
  const short = scans.map((scan) => scan.replace(new RegExp(`[/\\\\]${caseStems.scan}$`), ''))
  const count = new Map<string, number>()
  for (const name of short) count.set(name, (count.get(name) ?? 0) + 1)
  return short.map((name, at) => (count.get(name) === 1 ? name : (scans[at] as string)))
}
