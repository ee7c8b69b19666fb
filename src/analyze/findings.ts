import type { Side } from '../core/anatomy.ts'
import type { Volume } from '../core/volume.ts'
import type { BoneRegistration } from './register/register-bone.ts'
import type { EarView } from './segment/ear-view.ts'
import type { EarSurfaces } from './segment/surface.ts'

/** All that was found in a scan. */
export interface Findings {
  /** Label numbers of the anatomy table on the scan's own grid, all ears together. */
  readonly labels: Volume<Uint8Array>
  /** At most one right and one left ear; empty when none was found. */
  readonly ears: readonly EarFinding[]
  /** Whether outlines are taken from the mean of several views (`augmentOutlines`). */
  readonly augmented?: true
  /** What a reader must know of how the ears were found. */
  readonly notes?: readonly string[]
  readonly timings: readonly StageTiming[]
}

/** An ear on its scan; as a view, its outline is that of the best view, its landmarks those of all views, within the scan. */
export interface SegmentedEar extends EarView {
  readonly side: Side
  /** Probability of the side, 0.5 to 1. */
  readonly sideConfidence: number
  /** RMS distance (mm) of landmarks and part centroids from the mean ear's, points that do not fit counting little. */
  readonly residual: number
  /** 0 to 1: how much it looks like an ear. */
  readonly score: number
  /** This ear's labels in a box of the scan's voxels around it. */
  readonly labels: Volume<Uint8Array>
  /** Whether a person has painted or erased some of the labels. */
  readonly isPainted?: boolean
  /** Where it was found in a scan from before surgery: that, and how it was brought to this one. */
  readonly before?: EarBefore
  readonly surfaces: EarSurfaces
}

/** One ear and its other views. */
export interface EarFinding extends SegmentedEar {
  /** The same ear predicted from other frames; their spread shows how reliable measurements are. */
  readonly repeats: readonly EarView[]
}

/** How an ear was brought from a scan from before surgery. */
export interface EarBefore extends BoneRegistration {
  /** The scan it was found in. */
  readonly source: string
}

/** How long a stage took. */
export interface StageTiming {
  readonly stage: string
  readonly seconds: number
}
