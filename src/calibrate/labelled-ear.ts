import type { EarFinding } from '../analyze/findings.ts'
import { parts } from '../core/anatomy.ts'
import type { Landmark } from '../core/landmark.ts'
import type { Vector3 } from '../core/math/vector.ts'
import type { Scan, Volume } from '../core/volume.ts'
import { measureEar } from '../measure/measure-ear.ts'
import { spreadAbout } from '../measure/uncertainty.ts'
import type { QuantityError } from './observe.ts'
import { withPartsOf } from './parts-of-label.ts'

/** A scan of an ear that people labelled. */
export interface LabelledEar {
  /** Hounsfield units. */
  readonly scan: Scan
  /** On any grid, not 0 in the labyrinth; null where only landmarks are known. */
  readonly labels: Volume<Uint8Array> | null
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
 * How far each quantity of an ear that was found is from what is measured of the labels and landmarks in the same way,
 * the labyrinth divided into the parts that were found. Of a quantity that hangs on what is not labelled there is no error.
 */
export function labelledErrors(found: EarFinding, { labels, landmarks }: LabelledEar): QuantityError[] {
  const truth = measureEar({ ...found, ...(labels && { occupancy: occupancyOfLabels(found, labels) }), landmarks })
  const others = found.repeats.map(measureEar)
  return measureEar(found).flatMap(({ id, value }, n) => {
    const known = truth[n]?.value ?? null
    const values = others.map((one) => one[n]?.value ?? null).filter((other) => other !== null)
    if (value === null || known === null || values.length < 2) return []
    if (labels === null && !ofLandmarks.includes(id)) return []
    return [{ id, error: value - known, spread: spreadAbout(value, values) }]
  })
}

function occupancyOfLabels(found: EarFinding, whole: Volume<Uint8Array>): EarFinding['occupancy'] {
  const { geometry, data } = withPartsOf(found.labels, whole)
  return { geometry, parts: parts.map(({ label }) => Float32Array.from(data, (value) => (value === label ? 1 : 0))) }
}
