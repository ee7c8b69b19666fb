import { type FolderEntry, nameOf } from '../io/file-access.ts'
import type { CaseFiles } from './case-files.ts'
import { imageEndings, imageStem } from './image-names.ts'

/** A file that is called as the truth of a case is, and is not read. */
export interface UnusedFile {
  readonly name: string
  /** The folder of the case, or the folder of files side by side. */
  readonly folder: string
}

/** Names that are meant for the truth of a case: in its folder, and beside a scan. */
const meant = { inFolder: /^(label|landmark|truth)s?(?![a-z])/i, beside: /_truth(?![a-z])/i } as const

/** Files with the voxels of a header beside them: `.mhd`, `.nhdr`, `.hdr`. */
const voxelEnding = /\.(img|raw|zraw|gz|bz2)$/i

/** The entries of a folder that are called as the truth of a case is, and are no file of any of `cases`. */
export function unusedFiles(
  folder: string,
  entries: readonly FolderEntry[],
  cases: readonly CaseFiles[],
  layout: keyof typeof meant
): UnusedFile[] {
  const used = new Set(
    cases
      .flatMap(({ scan, labels, markups, truth }) => [scan, labels, markups, truth])
      .flatMap((path) => (path === null ? [] : nameOf(path)))
  )
  const isUsed = (name: string): boolean => used.has(name)
  const headers = entries.flatMap(({ name }) => (isUsed(name) && imageStem(name)) || [])
  return entries
    .filter(({ name }) => meant[layout].test(name) && !isUsed(name))
    .filter(({ name }) => !(voxelEnding.test(name) && headers.some((stem) => name.startsWith(`${stem}.`))))
    .filter(({ isFolder }) => layout === 'inFolder' || !isFolder)
    .map(({ name }) => ({ name, folder }))
}

/** What to say of files that are not read: a line for each name, in however many folders it is. */
export function unusedNotes(unused: readonly UnusedFile[]): string[] {
  const names = new Map<string, UnusedFile[]>()
  for (const file of unused) names.set(file.name, [...(names.get(file.name) ?? []), file])
  return [...names].map(([name, files]) => {
    const more = files.length > 1 ? `, nor is it in ${files.length - 1} more` : ''
    const advice = `labels are read from labels.* or NAME_truth.* (${imageEndings}), landmarks from landmarks.mrk.json or truth.json, or NAME_truth.json`
    return `${(files[0] as UnusedFile).folder}: ${name} is not read${more}; ${advice}: rename it, or move it away`
  })
}
