import { recordedPart } from '../../analyze/detect/field-of-view.ts'
import type { Findings } from '../../analyze/findings.ts'
import type { Scan } from '../../core/volume.ts'
import { assertScan } from '../../io/check-scan.ts'
import type { ScanSource } from '../../io/scan-source.ts'
import { judgeCanals } from './canals.ts'
import type { Flag, JudgedEar } from './flag.ts'
import { judgeLandmarks } from './landmarks.ts'
import { judgePieces } from './pieces.ts'
import { judgeScan } from './scan.ts'
import { judgeDeclaredSide, judgeSide } from './side.ts'
import { judgeStretch } from './stretch.ts'
import { judgeTopology } from './topology.ts'
import { judgeVolumes } from './volumes.ts'

/** What messages call the scan. */
const judged = 'the scan that the ears are judged by'

/**
 * All doubts about an ear that was found in a scan (Hounsfield units); none for most ears.
 * @throws InputError when the scan's voxels are of another type, do not fill its grid or are not finite
 *
 * @example
 * ```ts
 * import { type EarFinding, judgeEar, type Scan } from 'otomark'
 *
 * const isPlausible = (ear: EarFinding, scan: Scan) =>
 *   judgeEar(ear, scan).every(({ severity }) => severity !== 'warning')
 * ```
 */
export function judgeEar(ear: JudgedEar, scan: Scan): Flag[] {
  assertScan(judged, scan)
  return judgeRecorded(ear, scan, recordedPart(scan))
}

function judgeRecorded(ear: JudgedEar, scan: Scan, isRecorded: ReturnType<typeof recordedPart>): Flag[] {
  const ofShape = [...judgeVolumes(ear), ...judgeCanals(ear), ...judgePieces(ear)]
  const others = [
    ...judgeSide(ear),
    ...judgeLandmarks(ear),
    ...judgeScan(ear, scan, isRecorded),
    ...ofShape,
    ...judgeTopology(ear, ofShape)
  ]
  return [...others, ...judgeStretch(ear, others)]
}

/**
 * All doubts about the ears of a scan, what its header says of the side among them.
 * @throws InputError as `judgeEar`
 *
 * @example
 * ```ts
 * import { type Findings, judgeFindings, type LoadedScan } from 'otomark'
 *
 * function printDoubts(findings: Findings, { scan, source }: LoadedScan) {
 *   for (const { severity, text } of judgeFindings(findings, scan, source)) console.log(severity, text)
 * }
 * ```
 */
export function judgeFindings({ ears }: Pick<Findings, 'ears'>, scan: Scan, { series }: ScanSource): Flag[] {
  const sides = ears.map(({ side }) => side)
  const declared = series?.laterality === undefined ? [] : judgeDeclaredSide(sides, series.laterality)
  if (ears.length === 0) return declared
  assertScan(judged, scan)
  const isRecorded = recordedPart(scan)
  return [...declared, ...ears.flatMap((ear) => judgeRecorded(ear, scan, isRecorded))]
}
