import { type CaseFiles, scanOf } from '../cases/case-files.ts'
import type { FileNote } from '../cases/file-note.ts'
import { checkLabelsOverScan } from '../cases/labels-over-scan.ts'
import type { Observation, OutlinedEar } from '../cases/observed-ear.ts'
import { readTruth } from '../cases/read-truth.ts'
import type { Scan } from '../core/volume.ts'
import { diskFiles } from './file-access.ts'
import { readScan } from './read-scan.ts'

/** A scan in Hounsfield units and what is known of it. */
export interface ReadCase {
  readonly scan: Scan
  readonly truth: Observation<OutlinedEar>
}

/**
 * Reads the scan of a case and its truth, and makes sure that one lies over the other.
 * @param note is told what to know of how the files were read
 * @throws as `readScan`, `readTruth` and `checkLabelsOverScan`
 */
export async function readCase(one: CaseFiles, note: FileNote): Promise<ReadCase> {
  const path = scanOf(one)
  const { scan, source } = await readScan(path)
  for (const text of source.notes) note(path, text)
  const truth = await readTruth(diskFiles, one, note, scan.geometry)
  if (truth.labels !== null) checkLabelsOverScan(one.labels ?? path, truth.labels, path, scan, note)
  return { scan, truth }
}
