import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { InputError } from '../../core/errors.ts'
import { readError } from '../../io/file-error.ts'

/** Where the files of a case with a known answer are; null where there is none. */
export interface EvaluationCase {
  readonly id: string
  readonly scan: string | null
  readonly labels: string | null
  /** 3D Slicer markups. */
  readonly markups: string | null
  /** `truth.json`: side and landmarks. */
  readonly truth: string | null
}

const imageEnding = /\.(nii|nii\.gz|nrrd|nhdr|mha|mhd)$/i
const truthEnding = /_truth\.json$/i

/**
 * The cases in a folder. A folder in it that holds `labels.*`, `landmarks.mrk.json` or `truth.json` is one, as
 * `otomark generate` writes it, with the scan `ct.*` or `ct/`. So is `NAME_truth.json`, with the scan `NAME.*` and the
 * labels `NAME_truth.*` beside it.
 * @returns the cases in the order of their names
 * @throws InputError when the folder cannot be read or holds no case
 */
export async function findCases(folder: string): Promise<EvaluationCase[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw readError(folder, error)
  })
  const files = entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name)
  const flat = files.filter((name) => truthEnding.test(name)).map((name) => flatCase(folder, files, name))
  const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
  const nested = await Promise.all(folders.map(({ name }) => folderCase(join(folder, name))))
  const cases = [...flat, ...nested.filter((one) => one !== undefined)]
  if (cases.length === 0) {
    throw new InputError(
      folder,
      'holds no case: folders with ct.* and labels.* or truth.json, or NAME_truth.json files'
    )
  }
  return cases.sort((a, b) => (a.id < b.id ? -1 : 1))
}

function flatCase(folder: string, files: readonly string[], truth: string): EvaluationCase {
  const id = truth.replace(truthEnding, '')
  const labels = imageNamed(files, `${id}_truth`)
  return {
    id,
    scan: at(folder, imageNamed(files, id)),
    labels: at(folder, labels),
    markups: null,
    truth: join(folder, truth)
  }
}

async function folderCase(folder: string): Promise<EvaluationCase | undefined> {
  const names = await readdir(folder).catch((error: unknown) => {
    throw readError(folder, error)
  })
  const named = (name: string): string | undefined => names.find((other) => other === name)
  const labels = imageNamed(names, 'labels')
  const [markups, truth] = [named('landmarks.mrk.json'), named('truth.json')]
  if (labels === undefined && markups === undefined && truth === undefined) return undefined
  return {
    id: basename(folder),
    scan: at(folder, named('ct') ?? imageNamed(names, 'ct')),
    labels: at(folder, labels),
    markups: at(folder, markups),
    truth: at(folder, truth)
  }
}

/** The image file called `stem` with the ending of a format that is read. */
export function imageNamed(names: readonly string[], stem: string): string | undefined {
  return names.find((name) => imageEnding.test(name) && name.replace(imageEnding, '') === stem)
}

function at(folder: string, name: string | undefined): string | null {
  return name === undefined ? null : join(folder, name)
}
