import type { LabelledEars } from '../calibrate/calibrate.ts'
import type { LabelledEar } from '../calibrate/labelled-ear.ts'
import { findCases } from '../cases/find-cases.ts'
import { readTruth } from '../cases/read-truth.ts'
import { InputError } from '../core/errors.ts'
import { diskFiles } from '../node/file-access.ts'
import { readScan } from '../node/read-scan.ts'
import { givenPath } from './given-path.ts'

/** Fewer labelled ears than this say nothing of how far others are off. */
const fewest = 5

/**
 * The ears of a folder of labelled cases, read one by one.
 * @param name what reports call them; otherwise the folder's name
 * @throws InputError when there are too few, or a case has no scan
 */
export async function labelledEarsIn(folder: string, name: string | undefined): Promise<LabelledEars> {
  const { cases } = await findCases(diskFiles, folder)
  if (cases.length < fewest) {
    throw new InputError(folder, `holds ${cases.length} labelled cases; intervals need ${fewest} at least`)
  }
  async function* ears(): AsyncGenerator<LabelledEar> {
    for (const one of cases) {
      if (one.scan === null) throw new InputError(folder, `case ${one.id} has no scan`)
      const { scan } = await readScan(one.scan)
      const { labels, ears: known } = await readTruth(diskFiles, one)
      for (const { landmarks, place } of known) yield { scan, labels, landmarks, place }
    }
  }
  return { name: name ?? givenPath(folder), count: cases.length, ears: ears() }
}
