import type { Side } from '../core/anatomy.ts'
import type { EarFrame } from '../core/ear-frame.ts'
import type { Landmark } from '../core/landmark.ts'
import type { Volume } from '../core/volume.ts'
import type { Occupancy } from './occupancy.ts'
import type { EarSurfaces } from './surface.ts'

/** All that was found in a scan. */
export interface Findings {
  /** Label numbers of the anatomy table on the scan's own grid, all ears together. */
  readonly labels: Volume<Uint8Array>
  /** At most one right and one left ear; empty when none was found. */
  readonly ears: readonly EarFinding[]
  /** What a reader of the results should know, one sentence each. */
  readonly warnings: readonly string[]
  readonly timings: readonly StageTiming[]
}

/** One ear. */
export interface EarFinding {
  readonly side: Side
  /** Probability of the side, 0.5 to 1. */
  readonly sideConfidence: number
  readonly frame: EarFrame
  /** RMS distance (mm) of landmarks and part centroids from the mean ear's, points that do not fit counting little. */
  readonly residual: number
  /** One for each landmark kind, in the order of the anatomy table. */
  readonly landmarks: readonly Landmark[]
  /** This ear's labels in a box of the scan's voxels around it. */
  readonly labels: Volume<Uint8Array>
  /** What the outliner saw, on its own grid: what measurements are taken from. */
  readonly occupancy: Occupancy
  readonly surfaces: EarSurfaces
}

/** How long a stage took. */
export interface StageTiming {
  readonly stage: string
  readonly seconds: number
}
