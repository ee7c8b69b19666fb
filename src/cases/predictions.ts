import { z } from 'zod'
import { exitCode, InputError } from '../core/errors.ts'
import { type FileAccess, type FolderEntry, nameOf, pathIn } from '../io/file-access.ts'
import { readJson } from '../io/json.ts'
import { type CaseFiles, caseFileNames, caseStems } from './case-files.ts'
import { type CaseRecord, readCaseRecord, recordFile } from './case-record.ts'
import type { FileNote } from './file-note.ts'
import { imageNamed } from './image-names.ts'
import { type LabelNumbers, labelNumbersOf } from './label-numbers.ts'
import { joinEars, readMarkups } from './marked-ears.ts'
import { type Observation, observe } from './observed-ear.ts'
import { checkNumbers, type TrueNumbers } from './predicted-numbers.ts'
import { readLabels } from './read-labels.ts'

/** The files of one prediction; null where there is none. */
export interface PredictionFiles {
  readonly labels: string | null
  /** The same labels once more, as otomark writes them for strict readers. */
  readonly labelCopy: string | null
  readonly labelNumbers: LabelNumbers | null
  readonly markups: string | null
  /** `result.json`, which holds the sides. */
  readonly result: string | null
  /** The record of a cohort's case. */
  readonly record: string | null
  /** Whether an analysis found no ear, or could not search the scan. */
  readonly withoutEar: boolean
}

/** Predictions in a folder. */
export interface Predictions {
  /** @throws InputError when there is no prediction for the case, or its analysis failed */
  find(one: Pick<CaseFiles, 'id' | 'scan'>): Promise<PredictionFiles>
}

/** The name under which otomark writes labels a second time, for strict readers. */
const labelCopyName = 'labels.nrrd'

/** A folder of predictions that otomark wrote. */
interface ResultFolder {
  readonly path: string
  readonly entries: readonly FolderEntry[]
  /** Null where the folder does not belong to a cohort. */
  readonly record: CaseRecord | null
}

/**
 * Lists a folder of predictions: what `otomark analyze` writes in `ID/` or, for a cohort, in `cases/`, where the
 * record identifies the case by its name or its scan; or the files `ID.*` (labels) and `ID.mrk.json` of any other program.
 * Where that program was nnU-Net, the `dataset.json` beside them says what their labels mean.
 * @throws InputError when the folder cannot be read
 */
export async function openPredictions(files: FileAccess, folder: string): Promise<Predictions> {
  const entries = await files.list(folder)
  const cohort = entries.some(({ name, isFolder }) => isFolder && name === 'cases')
    ? await resultFolders(files, pathIn(folder, 'cases'))
    : []
  const results = [...(await resultFolders(files, folder, entries)), ...cohort]
  const labelNumbers = await datasetNumbers(files, folder, entries)
  return {
    async find(one) {
      const ofScan = results.filter(({ record }) => record !== null && isSamePath(record.path, one.scan))
      const result = results.find((each) => isNamed(each, one.id)) ?? (ofScan.length === 1 ? ofScan[0] : undefined)
      const found = result === undefined ? undefined : filesOf(result, one.id)
      if (found !== undefined) return found
      const beside = filesNamed(folder, entries, {
        labels: one.id,
        markups: `${one.id}.mrk.json`,
        result: `${one.id}.json`
      })
      if (beside.labels !== null || beside.markups !== null) return { ...beside, labelNumbers }
      throw new InputError(
        folder,
        `holds no prediction of ${one.id}: ${one.id}/labels.*, ${one.id}/landmarks.mrk.json or ${one.id}.nii.gz`
      )
    }
  }
}

async function resultFolders(
  files: FileAccess,
  folder: string,
  known?: readonly FolderEntry[]
): Promise<ResultFolder[]> {
  const found: ResultFolder[] = []
  for (const { name, isFolder } of known ?? (await files.list(folder))) {
    if (!isFolder) continue
    const path = pathIn(folder, name)
    const entries = await files.list(path)
    const isCase = entries.some((entry) => entry.name === recordFile)
    found.push({ path, entries, record: (isCase && (await readCaseRecord(files, path))) || null })
  }
  return found
}

/** A cohort's folders have the names of their scans, in letters that every file system holds: the record goes before. */
function isNamed({ path, record }: ResultFolder, id: string): boolean {
  return record === null ? nameOf(path) === id : record.id === id || record.id === `${id}/${caseStems.scan}`
}

/** Whether two paths, which may be relative to different folders, name the same file: the longer one ends with the shorter. */
function isSamePath(a: string, b: string | null): boolean {
  if (b === null) return false
  const [one, other] = [a, b].map((path) => path.split(/[/\\]/).filter((name) => name !== '' && name !== '.'))
  const [short, long] = (one as string[]).length < (other as string[]).length ? [one, other] : [other, one]
  // A bare name, such as ct.nii.gz, is not specific enough.
  return (
    (short as string[]).length > 1 &&
    (long as string[]).slice(-(short as string[]).length).join('/') === (short as string[]).join('/')
  )
}

function filesOf({ path, entries, record }: ResultFolder, id: string): PredictionFiles | undefined {
  const isThere = (wanted: string): boolean => entries.some(({ name }) => name === wanted)
  const twice = isThere(caseFileNames.labels) && isThere(labelCopyName) && isThere('result.json')
  const known = twice ? entries.filter(({ name }) => name !== labelCopyName) : entries
  const named = filesNamed(path, known, {
    labels: caseStems.labels,
    markups: caseFileNames.markups,
    result: 'result.json'
  })
  const found = { ...named, labelCopy: twice ? pathIn(path, labelCopyName) : null }
  const inCohort = { ...found, record: record === null ? null : pathIn(path, recordFile) }
  if (record?.outcome.status === 'failed') {
    if (record.outcome.exitCode === exitCode.noEar) return { ...inCohort, withoutEar: true }
    throw new InputError(path, `the analysis of ${id} failed: ${record.outcome.message}`)
  }
  return found.labels === null && found.markups === null ? undefined : inCohort
}

function filesNamed(
  folder: string,
  entries: readonly FolderEntry[],
  wanted: { readonly labels: string; readonly markups: string; readonly result: string }
): PredictionFiles {
  const names = entries.filter(({ isFolder }) => !isFolder).map(({ name }) => name)
  const path = (name: string | undefined): string | null => (name === undefined ? null : pathIn(folder, name))
  return {
    labels: path(imageNamed(folder, names, wanted.labels)),
    labelCopy: null,
    labelNumbers: null,
    markups: path(names.find((name) => name === wanted.markups)),
    result: path(names.find((name) => name === wanted.result)),
    record: null,
    withoutEar: false
  }
}

const numbered = z.looseObject({ labels: z.record(z.string(), z.unknown()).optional() })

async function datasetNumbers(
  files: FileAccess,
  folder: string,
  entries: readonly FolderEntry[]
): Promise<LabelNumbers | null> {
  if (entries.every(({ name }) => name !== 'dataset.json')) return null
  const path = pathIn(folder, 'dataset.json')
  const dataset = numbered.safeParse(await readJson(files, path))
  if (!dataset.success)
    throw new InputError(path, 'its "labels" is no list of names with numbers; correct it or move it away')
  return dataset.data.labels === undefined ? null : labelNumbersOf(dataset.data.labels, path).numbers
}

const sides = z.looseObject({ ears: z.array(z.looseObject({ side: z.enum(['left', 'right']) })) })

/**
 * @param truth of the case, beside which labels are looked at that say nothing of their numbers
 * @throws InputError naming the file that cannot be read or understood
 */
export async function readPrediction(
  files: FileAccess,
  prediction: PredictionFiles,
  note?: FileNote,
  truth?: TrueNumbers
): Promise<Observation> {
  const { labels, labelCopy, labelNumbers, markups, result, withoutEar } = prediction
  if (withoutEar) return { labels: null, outlined: 'parts', ears: [] }
  const outlines = labels === null ? null : await readLabels(files, labels, labelNumbers, note)
  const copy = labelCopy === null ? null : await readLabels(files, labelCopy, labelNumbers)
  if (labelCopy !== null && copy?.labels.data.some((label, at) => label !== outlines?.labels.data[at])) {
    throw new InputError(
      labelCopy,
      `differs from ${caseFileNames.labels} beside it; move away the one that is not meant`
    )
  }
  const lists = markups === null ? null : await readMarkups(files, markups)
  const unpredicted = [
    ...(labels === null ? (['labels'] as const) : []),
    ...(markups === null ? (['landmarks'] as const) : [])
  ]
  const isForeign = result === null && labels !== null && outlines !== null
  if (isForeign && truth !== undefined) checkNumbers(labels, outlines, truth, note)
  if (result === null) return { ...observe(outlines, joinEars([], lists)), unpredicted }
  const parsed = sides.safeParse(await readJson(files, result))
  if (!parsed.success) throw new InputError(result, 'does not hold the sides of the ears')
  const ears = parsed.data.ears.map(({ side }) => ({ side, landmarks: [] }))
  // What otomark outlines it outlines in parts, even where only one of them is in the picture.
  return { ...observe(outlines && { ...outlines, outlined: 'parts' }, joinEars(ears, lists)), unpredicted }
}
