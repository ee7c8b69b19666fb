import { InputError } from '../core/errors.ts'
import type { FileAccess } from '../io/file-access.ts'
import type { CaseSet } from './case-set.ts'
import { caseFolders } from './layouts/case-folders.ts'
import { monaiList } from './layouts/monai-list.ts'
import { isNnunetDataset, nnunetDataset } from './layouts/nnunet-dataset.ts'
import { sideBySide } from './layouts/side-by-side.ts'

/**
 * The cases in a folder or list (docs/reference/cases.md): case folders as otomark writes them and files side by side,
 * an nnU-Net dataset, or a MONAI list.
 * @param path a folder, or the `.json` file of a list
 * @throws InputError when it cannot be read, holds no case, or leaves open which file or case is meant
 */
export async function findCases(files: FileAccess, path: string): Promise<CaseSet> {
  const { cases, notes } = await read(files, path)
  if (cases.length === 0) {
    throw new InputError(
      path,
      'holds no case: folders with ct.* and labels.*, landmarks.mrk.json or truth.json; NAME_truth.* files; or an ' +
        `nnU-Net dataset${notes.length > 0 ? `. ${notes[0]}` : ''}`
    )
  }
  const sorted = [...cases].sort((a, b) => (a.id < b.id ? -1 : 1))
  // Results get the cases' names, and some file systems ignore the case of letters.
  const twice = sorted.find(({ id }, at) => sorted.findIndex((one) => alike(one.id, id)) < at)
  if (twice !== undefined) throw new InputError(path, `holds two cases called ${twice.id}; rename one of them`)
  return { cases: sorted, notes }
}

async function read(files: FileAccess, path: string): Promise<CaseSet> {
  if (/\.json$/i.test(path)) return monaiList(files, path)
  const entries = await files.list(path)
  if (isNnunetDataset(entries)) return nnunetDataset(files, path)
  const [beside, folders] = [sideBySide(path, entries), await caseFolders(files, path, entries)]
  return { cases: [...beside.cases, ...folders.cases], notes: [...beside.notes, ...folders.notes] }
}

function alike(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}
