import { type FolderEntry, pathIn } from '../../io/file-access.ts'
import type { CaseFiles } from '../case-files.ts'
import type { CaseSet } from '../case-set.ts'
import { imageNamed, imageStem } from '../image-names.ts'
import { unusedFiles, unusedNotes } from '../unused-files.ts'

const truthFile = /_truth\.json$/i
const truthStem = /_truth$/i

/** Cases as files side by side: the scan `NAME.*`, its labels `NAME_truth.*`, sides and landmarks `NAME_truth.json`. */
export function sideBySide(folder: string, entries: readonly FolderEntry[]): CaseSet {
  const names = entries.filter(({ isFolder }) => !isFolder).map(({ name }) => name)
  const path = (name: string | undefined): string | null => (name === undefined ? null : pathIn(folder, name))
  const ids = new Set(names.flatMap((name) => idOf(name) ?? []))
  const cases = [...ids].map(
    (id): CaseFiles => ({
      id,
      scan: path(imageNamed(folder, names, id)),
      scanPlace: pathIn(folder, `${id}.nii.gz`),
      labels: path(imageNamed(folder, names, `${id}_truth`)),
      labelNumbers: null,
      markups: null,
      truth: path(names.find((name) => truthFile.test(name) && idOf(name) === id))
    })
  )
  return { cases, notes: unusedNotes(unusedFiles(folder, entries, cases, 'beside')) }
}

/** The case that a file of this name says the truth of. */
function idOf(name: string): string | undefined {
  if (truthFile.test(name)) return name.replace(truthFile, '')
  const stem = imageStem(name)
  return stem !== undefined && truthStem.test(stem) ? stem.replace(truthStem, '') : undefined
}
