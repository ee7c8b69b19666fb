import type { Scan } from '../../core/volume.ts'
import type { SegmentedEar } from '../findings.ts'
import { bridgeCanals } from '../refine/bridge-canals.ts'
import { refineEar } from '../refine/refine-ear.ts'
import { sampleScan } from '../refine/sample-scan.ts'
import { type EarView, earViewOf } from './ear-view.ts'
import { labelsOnScan } from './labels-on-scan.ts'
import { type RefineView, refineView, repeatedView } from './repeated-view.ts'
import type { Segmentation } from './segment-ear.ts'
import { earSurfaces } from './surface.ts'
import type { AugmentedEar } from './test-time-augmentation.ts'
import { withinScan } from './within-scan.ts'

/** An ear and its views, which may still be refined. */
export interface EarOnScan {
  readonly ear: SegmentedEar
  readonly repeats: Promise<EarView[]>
}

/**
 * What a segmentation means for the scan it was made from: its boundary as the scan has it, labels on the scan's grid,
 * surfaces, and landmarks where the scan shows something.
 * @param refineElsewhere refines repeated views while this thread goes on; without it they are refined here
 * @returns undefined when the ear lies outside the scan
 */
export async function earOnScan(
  { segmentation, repeats }: AugmentedEar,
  scan: Scan,
  refineElsewhere?: RefineView
): Promise<EarOnScan | undefined> {
  const elsewhere = refineElsewhere && refinedViews(repeats, scan, refineElsewhere)
  const { readOut, frame, sideConfidence, residual, score, calibration } = segmentation
  const { prediction, mask } = bridgeCanals({ prediction: segmentation.prediction, mask: readOut.mask }, scan, frame)
  const samples = sampleScan(prediction, mask, scan)
  const refined = samples && refineEar(prediction, mask, samples)
  const labels = refined && labelsOnScan(refined.prediction, refined.mask, scan.geometry)
  if (refined === undefined || labels === undefined) return undefined
  const views = elsewhere ?? refinedViews(repeats, scan, refineView)
  const surfaces = await earSurfaces(refined.prediction, refined.mask, scan.geometry)
  const landmarks = readOut.landmarks.map((landmark) => withinScan(landmark, scan.geometry))
  const voxelEdge = Math.max(...scan.geometry.spacing)
  const view = earViewOf({ frame, landmarks, voxelEdge, calibration }, refined)
  return { ear: { ...view, side: frame.side, sideConfidence, residual, score, labels, surfaces }, repeats: views }
}

/** The views that show the ear, their boundaries placed by the scan. */
function refinedViews(repeats: readonly Segmentation[], scan: Scan, refine: RefineView): Promise<EarView[]> {
  const refined = repeats.map((repeat) => {
    const view = repeatedView(repeat, scan)
    return view && refine(view)
  })
  const views = Promise.all(refined).then((all) => all.filter((view) => view !== undefined))
  // An error is thrown where the views are waited for; before, or where they no longer are, it must not end the process.
  views.catch(() => {})
  return views
}
