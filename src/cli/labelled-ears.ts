import { basename, resolve } from 'node:path'
import { fewestLabelledEars, type LabelledEars } from '../calibrate/calibrate.ts'
import type { LabelledEar } from '../calibrate/labelled-ear.ts'
import { scanOf } from '../cases/case-files.ts'
import { findCases } from '../cases/find-cases.ts'
import { readTruth } from '../cases/read-truth.ts'
import { InputError } from '../core/errors.ts'
import { diskFiles } from '../node/file-access.ts'
import { readScan } from '../node/read-scan.ts'

/**
 * The ears of a folder of labelled cases, read one by one.
 * @param name what reports call them; otherwise the folder's name
 * @throws InputError when there are too few, or a case has no scan
 */
export async function labelledEarsIn(folder: string, name: string | undefined): Promise<LabelledEars> {
  const { cases } = await findCases(diskFiles, folder)
  if (cases.length < fewestLabelledEars) {
    throw new InputError(folder, `holds ${cases.length} labelled cases; intervals need ${fewestLabelledEars} at least`)
  }
  async function* ears(): AsyncGenerator<LabelledEar> {
    for (const one of cases) {
      const { scan } = await readScan(scanOf(one))
      const { labels, outlined, ears: known } = await readTruth(diskFiles, one)
      for (const { landmarks, place } of known) yield { scan, labels, outlined, landmarks, place }
    }
  }
  return { name: name ?? basename(resolve(folder)), count: cases.length, ears: ears() }
}
