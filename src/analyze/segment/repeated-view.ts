import type { Scan } from '../../core/volume.ts'
import type { SegmentedEar } from '../findings.ts'
import type { Prediction } from '../predict/prediction.ts'
import { refineEar } from '../refine/refine-ear.ts'
import { type ScanSamples, sampleScan } from '../refine/sample-scan.ts'
import { type EarView, earViewOf } from './ear-view.ts'
import type { Segmentation } from './segment-ear.ts'

/** An ear predicted again, and the scan around it: plain data, all that the view is made of. */
export interface RepeatedView extends Omit<EarView, 'occupancy'> {
  readonly prediction: Pick<Prediction, 'geometry' | 'logits'>
  /** 1 in and near the ear; outside nothing belongs to it. */
  readonly mask: Uint8Array
  readonly samples: ScanSamples
}

/** Places the boundary of a view by the scan, here or elsewhere; undefined where it shows no ear. */
export type RefineView = (view: RepeatedView) => Promise<EarView | undefined>

/** Another thread that takes over the repeated views of ears. */
export interface ViewThread {
  readonly refine: RefineView
  /** What this thread does with the scan's ears while the other one has their views. */
  meanwhile(ears: readonly SegmentedEar[], scan: Scan): void
}

/**
 * The views from which uncertainty is estimated are refined on voxels of about the network's size (mm), which is fast. A finer
 * scan is interpolated to such voxels.
 */
const voxels = { finest: 0.32, keepCenters: false }

/** @returns undefined when the ear lies outside the scan */
export function repeatedView(
  { prediction: { geometry, logits }, readOut: { mask, landmarks }, frame, calibration }: Segmentation,
  scan: Scan
): RepeatedView | undefined {
  const samples = sampleScan({ geometry }, mask, scan, voxels)
  if (samples === undefined) return undefined
  const voxelEdge = Math.max(...scan.geometry.spacing)
  return { frame, landmarks, voxelEdge, calibration, prediction: { geometry, logits }, mask, samples }
}

/** Refines a view in this thread. */
export async function refineView({ prediction, mask, samples, ...view }: RepeatedView): Promise<EarView | undefined> {
  const refined = refineEar(prediction, mask, samples, { keepTopology: false })
  return refined && earViewOf(view, refined)
}
