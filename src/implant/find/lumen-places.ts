import { degrees } from '../../core/math/angle.ts'
import type { Vector3 } from '../../core/math/vector.ts'
import { cochlearPlace } from '../../ear/cochlear-coordinates.ts'
import type { CochlearDuct } from '../../measure/cochlea/cochlear-duct.ts'
import { endOf, enteringSection, highestLevel, levelIn } from '../lumen.ts'

/** A place in the lumen. */
export interface LumenPlace {
  /** Degrees from the round window, going on through the turns. */
  readonly angle: number
  /** Below 1 in the lumen, 1 at its wall (`levelIn`). */
  readonly level: number
  /** Distances from the lumen's middle, mm. */
  readonly outwards: number
  readonly upwards: number
}

/** How far (°) a place may lie before the round window, and beyond the end of the turns. */
const before = 20
const beyondEnd = 15

/** The places in the lumen to which a place (LPS mm) may correspond: one for each turn in or near whose section it lies. */
export function lumenPlaces(duct: CochlearDuct, place: Vector3): LumenPlace[] {
  const { angle: about, ...across } = cochlearPlace(duct.frame, place)
  const places: LumenPlace[] = []
  const end = endOf(duct)
  for (let angle = degrees(about); angle <= end + beyondEnd; angle += 360) {
    if (angle < -before) continue
    const section = enteringSection(duct, Math.min(end, Math.max(0, angle)))
    const level = levelIn(section, across)
    if (level > highestLevel) continue
    places.push({ angle, level, outwards: across.radius - section.radius, upwards: across.height - section.height })
  }
  return places
}
