import type { Random } from '../../core/math/random.ts'
import { normalize, type Vector3 } from '../../core/math/vector.ts'

/** Fluid in the middle ear and the mastoid: it lies where a place's height above the level is negative. */
export interface Effusion {
  /** Unit vector against gravity, ear frame. */
  readonly up: Vector3
  /** Height of the level over the vestibule along `up`, mm. */
  readonly level: number
}

/** No fluid in most ears; in the others up to a level, or everywhere. */
export function sampleEffusion(random: Random): Effusion | null {
  if (!random.chance(0.14)) return null
  // Patients lie on their backs: fluid gathers behind.
  const up = normalize([random.normal(0, 0.3), 1, random.normal(0, 0.3)])
  return { up, level: random.chance(0.5) ? 1000 : random.uniform(-8, 8) }
}
