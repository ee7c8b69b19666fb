import type { Random } from '../../core/math/random.ts'
import type { Vector3 } from '../../core/math/vector.ts'
import { cone, ellipsoid, type SolidShape } from '../tissue/primitives.ts'
import { type Organ, solid } from './organ.ts'
import type { TissueName } from './tissues.ts'

/** Tissues that the inserts of a phantom imitate. */
const inserted: readonly TissueName[] = ['air', 'fat', 'fluid', 'organ', 'marrow', 'cortex', 'tooth', 'cells', 'metal']

/** A cylinder of plastic or water with rods, balls and beads in it, as scanners are tested with; mm. */
export function samplePhantom(random: Random): Organ[] {
  const radius = random.uniform(60, 110)
  const filling: TissueName = random.pick(['fluid', 'plastic', 'organ', 'marrow'])
  const inside = (): Vector3 => {
    const [angle, away] = [random.uniform(0, 2 * Math.PI), random.uniform(0, 0.85 * radius)]
    return [away * Math.cos(angle), away * Math.sin(angle), random.uniform(-90, 90)]
  }
  const inserts = Array.from({ length: random.integer(8, 40) }, (_, n) =>
    solid(`insert ${n + 1}`, random.pick(inserted), [insertAt(random, inside())])
  )
  return [
    solid('shell', 'plastic', [cone([0, 0, -110], [0, 0, 110], radius + 6, radius + 6)]),
    solid('filling', filling, [cone([0, 0, -110], [0, 0, 110], radius, radius)]),
    ...inserts
  ]
}

function insertAt(random: Random, place: Vector3): SolidShape {
  const size = random.uniform(1, 14)
  const semiAxis = (): number => size * random.uniform(0.6, 1.6)
  if (random.chance(0.5)) return ellipsoid(place, [semiAxis(), semiAxis(), semiAxis()])
  const end = place.map((at) => at + random.uniform(-40, 40)) as unknown as Vector3
  return cone(place, end, size, size * random.uniform(0.5, 1))
}
