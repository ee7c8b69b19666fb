import type { EarFinding } from '../analyze/findings.ts'
import { occupancyOfLabels } from '../analyze/segment/occupancy.ts'
import type { Outlines } from '../cases/read-labels.ts'
import type { Landmark } from '../core/landmark.ts'
import type { Vector3 } from '../core/math/vector.ts'
import type { Scan, Volume } from '../core/volume.ts'
import { measureEar } from '../measure/measure-ear.ts'
import { ofFoundEar, withPartsOf } from './parts-of-label.ts'

/** A scan of an ear that people labelled. */
export interface LabelledEar {
  /** Hounsfield units. */
  readonly scan: Scan
  /** On any grid, not 0 in the labyrinth; null where only landmarks are known of this ear. */
  readonly labels: Volume<Uint8Array> | null
  /** Whether there is a label for each part, or only one (1) for the whole labyrinth. */
  readonly outlined: Outlines['outlined']
  /** About where the ear lies, LPS mm. */
  readonly place: Vector3
  /** LPS mm. */
  readonly landmarks: readonly Landmark[]
}

/** All that is known where nothing is outlined. */
const ofLandmarks = [
  'oval_round_window_distance',
  'helicotrema_round_window_distance',
  'helicotrema_oval_window_distance'
]

/**
 * Measurements of an ear's labels and landmarks, made as for a predicted ear, by id. A labyrinth with one label is divided into the
 * predicted parts. Quantities that depend on something that is not labelled are left out.
 */
export function labelledValues(
  found: EarFinding,
  { labels, outlined, landmarks }: Pick<LabelledEar, 'labels' | 'outlined' | 'landmarks'>
): Readonly<Record<string, number>> {
  const ofEar = outlined === 'parts' ? ofFoundEar : withPartsOf
  const occupancy = labels === null ? found.occupancy : occupancyOfLabels(ofEar(found.labels, labels))
  return Object.fromEntries(
    measureEar({ ...found, occupancy, landmarks }).flatMap(({ id, value }) =>
      value === null || (labels === null && !ofLandmarks.includes(id)) ? [] : [[id, value]]
    )
  )
}
