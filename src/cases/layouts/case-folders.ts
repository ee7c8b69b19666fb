import { type FileAccess, type FolderEntry, pathIn } from '../../io/file-access.ts'
import { type CaseFiles, caseFileNames, caseStems } from '../case-files.ts'
import type { CaseSet } from '../case-set.ts'
import { imageNamed, onlyOne } from '../image-names.ts'
import { type UnusedFile, unusedFiles, unusedNotes } from '../unused-files.ts'

/** The case folders among the entries of a folder: those that hold a scan, labels, landmarks or a truth.json. Notes name files that are not read. */
export async function caseFolders(
  files: FileAccess,
  folder: string,
  entries: readonly FolderEntry[]
): Promise<CaseSet> {
  const cases: CaseFiles[] = []
  const unused: UnusedFile[] = []
  for (const { name, isFolder } of entries) {
    if (!isFolder) continue
    const place = pathIn(folder, name)
    const own = await files.list(place)
    const found = caseIn(place, name, own)
    if (found !== undefined) cases.push(found)
    unused.push(...unusedFiles(place, own, found === undefined ? [] : [found], 'inFolder'))
  }
  return { cases, notes: unusedNotes(unused) }
}

/** The case in a folder; undefined if the folder is not a case. */
function caseIn(folder: string, id: string, entries: readonly FolderEntry[]): CaseFiles | undefined {
  const names = entries.map(({ name }) => name)
  const images = entries.filter(({ isFolder }) => !isFolder).map(({ name }) => name)
  const path = (name: string | undefined): string | null => (name === undefined ? null : pathIn(folder, name))
  const series = entries.find(({ name, isFolder }) => isFolder && name === caseStems.scan)?.name
  const scan = imageNamed(folder, images, caseStems.scan)
  const found = {
    scan: path(
      onlyOne(
        folder,
        [series, scan].filter((name) => name !== undefined)
      )
    ),
    labels: path(imageNamed(folder, images, caseStems.labels)),
    markups: path(names.find((name) => name === caseFileNames.markups)),
    truth: path(names.find((name) => name === caseFileNames.truth))
  }
  if (Object.values(found).every((file) => file === null)) return undefined
  return { id, scanPlace: pathIn(folder, caseFileNames.scan), labelNumbers: null, ...found }
}
