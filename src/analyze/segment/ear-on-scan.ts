import type { Scan } from '../../core/volume.ts'
import type { EarFinding } from '../findings.ts'
import { bridgeCanals } from '../refine/bridge-canals.ts'
import { refineEar } from '../refine/refine-ear.ts'
import { earViewOf } from './ear-view.ts'
import { labelsOnScan } from './labels-on-scan.ts'
import { earSurfaces } from './surface.ts'
import type { AugmentedEar } from './test-time-augmentation.ts'
import { withinScan } from './within-scan.ts'

/**
 * The views from which uncertainty is estimated are refined on voxels of about the network's size (mm), which is fast. A finer
 * scan is interpolated to such voxels.
 */
const repeatOptions = { finest: 0.32, keepCenters: false, keepTopology: false }

/**
 * What a segmentation means for the scan it was made from: its boundary as the scan has it, labels on the scan's grid,
 * surfaces, and landmarks where the scan shows something.
 * @returns undefined when the ear lies outside the scan
 */
export async function earOnScan({ segmentation, repeats }: AugmentedEar, scan: Scan): Promise<EarFinding | undefined> {
  const { readOut, frame, sideConfidence, residual, score } = segmentation
  const { prediction, mask } = bridgeCanals({ prediction: segmentation.prediction, mask: readOut.mask }, scan, frame)
  const refined = refineEar(prediction, mask, scan)
  const labels = refined && labelsOnScan(refined.prediction, refined.mask, scan.geometry)
  if (refined === undefined || labels === undefined) return undefined
  const views = repeats.flatMap((repeat) => {
    const again = refineEar(repeat.prediction, repeat.readOut.mask, scan, repeatOptions)
    return again === undefined ? [] : [earViewOf(repeat, again, scan.geometry)]
  })
  return {
    ...earViewOf(segmentation, refined, scan.geometry),
    side: frame.side,
    sideConfidence,
    residual,
    score,
    landmarks: readOut.landmarks.map((landmark) => withinScan(landmark, scan.geometry)),
    labels,
    repeats: views,
    surfaces: await earSurfaces(refined.prediction, refined.mask, scan.geometry)
  }
}
