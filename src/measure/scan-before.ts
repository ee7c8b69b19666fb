import { recordedPart } from '../analyze/detect/field-of-view.ts'
import type { Findings } from '../analyze/findings.ts'
import type { ScanBefore } from '../analyze/register/take-from-before.ts'
import type { Scan } from '../core/volume.ts'
import type { ScanSource } from '../io/scan-source.ts'
import { judgeScan } from './plausibility/scan.ts'

/**
 * A scan from before surgery with its notes: the scan after it shows nothing of what is doubtful about this one.
 * @param name what results call it
 */
export function scanBefore(
  name: string,
  { scan, source }: { readonly scan: Scan; readonly source: ScanSource },
  { ears, notes = [] }: Pick<Findings, 'ears' | 'notes'>
): ScanBefore {
  const isRecorded = recordedPart(scan)
  const doubts = ears.flatMap((ear) => judgeScan(ear, scan, isRecorded)).map(({ text }) => text)
  return { name, scan, ears, notes: [...new Set([...source.notes, ...notes, ...doubts])] }
}
