import type { Random } from '../../core/math/random.ts'
import { add, scale, type Vector3 } from '../../core/math/vector.ts'
import type { LabyrinthShape } from '../anatomy/shape.ts'
import { type Inclusion, jitter } from './inclusion.ts'
import { cone, disc, ellipsoid, type SolidShape } from './primitives.ts'

/** Outward directions of the window niches in the ear frame (population means). */
const ovalWindowNormal: Vector3 = [0.83, 0.01, -0.55]
const roundWindowNormal: Vector3 = [0.45, -0.75, -0.48]

/** The eardrum faces outwards, forwards and down. */
const eardrumNormal: Vector3 = [0.75, 0.3, -0.6]

/** Tympanic cavity with attic and antrum, ear canal, eardrum, the niches of both windows; in a few, a drilled cavity. */
export function sampleCavities(random: Random, shape: LabyrinthShape): Inclusion[] {
  const drum = jitter(random, [random.uniform(6.5, 9), 1, -5], 1)
  const outerEnd = jitter(random, [26, -9, -13], 2.5)
  return [
    {
      name: 'tympanic cavity',
      shapes: tympanum(random),
      tissue: 'cavity',
      shell: random.uniform(0.5, 1.3),
      waviness: 0.8
    },
    {
      name: 'ear canal',
      shapes: [cone(drum, outerEnd, random.uniform(2.5, 4.5), random.uniform(3, 5))],
      tissue: random.chance(0.1) ? 'soft' : 'air',
      shell: 2,
      waviness: 0.5
    },
    {
      name: 'eardrum',
      shapes: [disc(add(drum, [-0.6, 0.4, 0.3]), eardrumNormal, random.uniform(3.8, 5), random.uniform(0.08, 0.35))],
      tissue: 'soft',
      shell: 1,
      waviness: 0.1
    },
    ...(random.chance(0.05) ? [drilledCavity(random)] : []),
    niche(random, 'oval window niche', shape.ovalWindow, ovalWindowNormal),
    niche(random, 'round window niche', shape.roundWindow, roundWindowNormal)
  ]
}

/** What an operation leaves of the mastoid: a smooth hollow from the outer surface to near the canals. */
function drilledCavity(random: Random): Inclusion {
  const width = random.uniform(0.8, 1.2)
  return {
    name: 'drilled cavity',
    shapes: [
      ellipsoid(jitter(random, [13, -9, -1], 1.5), scale([8, 7, 8], width)),
      cone(jitter(random, [14, -9, -1], 1), [34, -12, -2], 6 * width, 9 * width)
    ],
    tissue: random.chance(0.3) ? random.pick(['fat', 'soft']) : 'cavity',
    shell: random.uniform(0.6, 1.5),
    waviness: 0.25
  }
}

function tympanum(random: Random): SolidShape[] {
  const width = random.uniform(0.8, 1.3)
  const at = (center: Vector3, semiAxes: Vector3): SolidShape =>
    ellipsoid(jitter(random, center, 0.8), scale(semiAxes, width))
  return [
    at([4.5, 3.5, -4], [2.4, 5.5, 4.5]),
    at([5, 6, -7], [2.6, 3.5, 3.5]),
    at([7.5, 2.5, 0.5], [2.6, 3.6, 3]),
    cone(
      jitter(random, [7.5, 1, 1], 0.7),
      jitter(random, [10, -8, 3], 1.5),
      random.uniform(1.2, 2.5),
      random.uniform(2, 5)
    )
  ]
}

function niche(random: Random, name: string, window: Vector3, normal: Vector3): Inclusion {
  const inner = add(window, scale(normal, random.uniform(0.5, 0.9)))
  const outer = add(window, scale(normal, random.uniform(2.5, 4.5)))
  return {
    name,
    shapes: [cone(inner, outer, random.uniform(0.4, 0.9), random.uniform(0.7, 1.4))],
    tissue: random.chance(0.15) ? 'soft' : 'cavity',
    shell: 0.1,
    waviness: 0.15
  }
}
