import type { Scan } from '../../core/volume.ts'
import type { EarFinding } from '../findings.ts'
import { bridgeCanals } from '../refine/bridge-canals.ts'
import { refineEar } from '../refine/refine-ear.ts'
import { sampleScan } from '../refine/sample-scan.ts'
import { earViewOf } from './ear-view.ts'
import { labelsOnScan } from './labels-on-scan.ts'
import { type RefineView, refineView, repeatedView } from './repeated-view.ts'
import type { Segmentation } from './segment-ear.ts'
import { earSurfaces } from './surface.ts'
import type { AugmentedEar } from './test-time-augmentation.ts'
import { withinScan } from './within-scan.ts'

/**
 * What a segmentation means for the scan it was made from: its boundary as the scan has it, labels on the scan's grid,
 * surfaces, and landmarks where the scan shows something.
 * @param refineElsewhere refines repeated views, all but one, while this thread goes on; without it all are refined here
 * @returns undefined when the ear lies outside the scan
 */
export async function earOnScan(
  { segmentation, repeats }: AugmentedEar,
  scan: Scan,
  refineElsewhere?: RefineView
): Promise<EarFinding | undefined> {
  const refinedBy = (refine: RefineView) => (repeat: Segmentation) => {
    const view = repeatedView(repeat, scan)
    return view && refine(view)
  }
  // Of four views three take about as long as what this thread does meanwhile: the ear itself, and the last view.
  const begun = refineElsewhere ? repeats.slice(0, -1).map(refinedBy(refineElsewhere)) : []
  const elsewhere = Promise.all(begun)
  // An error is thrown where these views are waited for; before, or where they no longer are, it must not end the process.
  elsewhere.catch(() => {})
  const { readOut, frame, sideConfidence, residual, score, calibration } = segmentation
  const { prediction, mask } = bridgeCanals({ prediction: segmentation.prediction, mask: readOut.mask }, scan, frame)
  const samples = sampleScan(prediction, mask, scan)
  const refined = samples && refineEar(prediction, mask, samples)
  const labels = refined && labelsOnScan(refined.prediction, refined.mask, scan.geometry)
  if (refined === undefined || labels === undefined) return undefined
  const here = repeats.slice(begun.length).map(refinedBy(refineView))
  const surfaces = await earSurfaces(refined.prediction, refined.mask, scan.geometry)
  const landmarks = readOut.landmarks.map((landmark) => withinScan(landmark, scan.geometry))
  const voxelEdge = Math.max(...scan.geometry.spacing)
  return {
    ...earViewOf({ frame, landmarks, voxelEdge, calibration }, refined),
    side: frame.side,
    sideConfidence,
    residual,
    score,
    labels,
    repeats: [...(await elsewhere), ...(await Promise.all(here))].filter((view) => view !== undefined),
    surfaces
  }
}
