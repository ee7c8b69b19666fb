import type { Random } from '../../core/math/random.ts'
import { type Layer, type Organ, solid } from '../body/organ.ts'
import { cone, ellipsoid } from '../tissue/primitives.ts'

/** A flat or a hollow curved rest of plastic or carbon behind the head, with a cushion; none under a specimen. */
export function sampleHeadrest(random: Random): Organ[] {
  if (random.chance(0.2)) return []
  const back = random.uniform(102, 118)
  const thickness = random.uniform(1, 4)
  const layers: Layer[] = [
    { tissue: 'plastic', depth: 0 },
    { tissue: 'foam', depth: thickness }
  ]
  const cushion = random.chance(0.5) ? [solid('cushion', 'foam', [ellipsoid([0, back - 20, 10], [80, 30, 90])], 3)] : []
  if (random.chance(0.6)) {
    const plate = ellipsoid([0, back + 10, 0], [random.uniform(110, 220), random.uniform(6, 14), 400])
    return [{ name: 'headrest', shapes: [plate], layers, waviness: 0 }, ...cushion]
  }
  const radius = random.uniform(110, 200)
  const shell = cone([0, back - radius, -250], [0, back - radius, 250], radius, radius)
  const inside: Layer = { tissue: 'air', depth: thickness + random.uniform(0, 12) }
  return [{ name: 'headrest', shapes: [shell], layers: [...layers, inside], waviness: 0 }, ...cushion]
}
