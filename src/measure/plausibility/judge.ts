import type { Findings } from '../../analyze/findings.ts'
import type { Scan } from '../../core/volume.ts'
import type { ScanSource } from '../../io/scan-source.ts'
import { judgeCanals } from './canals.ts'
import type { Flag, JudgedEar } from './flag.ts'
import { judgeLandmarks } from './landmarks.ts'
import { judgeScan } from './scan.ts'
import { judgeDeclaredSide, judgeSide } from './side.ts'
import { judgeVolumes } from './volumes.ts'

/** All doubts about an ear that was found in a scan (Hounsfield units); none for most ears. */
export function judgeEar(ear: JudgedEar, scan: Scan): Flag[] {
  return [...judgeSide(ear), ...judgeLandmarks(ear), ...judgeScan(ear, scan), ...judgeVolumes(ear), ...judgeCanals(ear)]
}

/** All doubts about the ears of a scan, what its header says of the side among them. */
export function judgeFindings({ ears }: Pick<Findings, 'ears'>, scan: Scan, { series }: ScanSource): Flag[] {
  const sides = ears.map(({ side }) => side)
  const declared = series?.laterality === undefined ? [] : judgeDeclaredSide(sides, series.laterality)
  return [...declared, ...ears.flatMap((ear) => judgeEar(ear, scan))]
}
