import { join } from 'node:path'
import { dicomFileNames } from '../clinic/dicom-file-names.ts'
import type { Files } from '../io/files.ts'
import { resultFileNames } from '../report/files/result-files.ts'
import { planFileNames } from '../report/plan/plan-files.ts'
import { assertOnlyResults, isOwnRecord, type OutputFolder, openOutputFolder } from './output-folder.ts'

/** What a result may be written as, beside `result.json`. */
const everyFileName = [...resultFileNames, ...dicomFileNames, 'corrections.json']

/** A folder that gets the files of a result. */
export interface ResultFolder extends Pick<OutputFolder, 'discard'> {
  /** Puts them there in place of those of an older result, and of a plan that was laid into it. */
  write(files: Files): Promise<void>
}

/**
 * Makes a folder for a result, or takes up that of an older one.
 * @throws InputError where something else lies there; as {@link openOutputFolder}
 */
export async function openResultFolder(path: string): Promise<ResultFolder> {
  await assertOnlyResults(path, 'result.json', everyFileName)
  const known = (await isOwnRecord(join(path, 'plan.json'))) ? [...everyFileName, ...planFileNames] : everyFileName
  const { write, discard } = await openOutputFolder(path)
  return { write: (files) => write(files, known), discard }
}
