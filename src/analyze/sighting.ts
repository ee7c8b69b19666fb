import type { EarFrame } from '../core/ear-frame.ts'
import type { Landmark } from '../core/landmark.ts'
import { type Occupancy, occupancyOf } from './occupancy.ts'
import type { Outline } from './outline.ts'

/** An ear as one look shows it: what measurements are taken from. */
export interface Sighting {
  readonly frame: EarFrame
  /** One for each landmark kind, in the order of the anatomy table. */
  readonly landmarks: readonly Landmark[]
  /** What the outliner saw, on its own grid. */
  readonly occupancy: Occupancy
}

export function sightingOf({ frame, reading, answer }: Outline): Sighting {
  return { frame, landmarks: reading.landmarks, occupancy: occupancyOf(answer, reading.mask) }
}
