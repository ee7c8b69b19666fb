import type { Scan } from '../../core/volume.ts'
import type { Flag, JudgedEar } from './flag.ts'
import { judgeLandmarks } from './landmarks.ts'
import { judgeScan } from './scan.ts'
import { judgeSide } from './side.ts'
import { judgeVolumes } from './volumes.ts'

/** All doubts about an ear that was found in a scan (Hounsfield units); none for most ears. */
export function judgeEar(ear: JudgedEar, scan: Scan): Flag[] {
  return [...judgeSide(ear), ...judgeLandmarks(ear), ...judgeScan(ear, scan), ...judgeVolumes(ear)]
}
