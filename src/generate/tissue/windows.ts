import type { Random } from '../../core/math/random.ts'
import { add, cross, normalize, scale, type Vector3 } from '../../core/math/vector.ts'
import { wallNormal } from '../anatomy/landmarks.ts'
import type { LabyrinthShape } from '../anatomy/shape.ts'
import { type Inclusion, jitter } from './inclusion.ts'
import { cone, ellipsoid, type SolidShape } from './primitives.ts'
import type { Surroundings } from './surroundings.ts'

/** Share of ears whose windows lie in narrow niches in thick bone; in the others the middle ear reaches the promontory. */
const narrowShare = 0.15

/** Posterior, inferior and a little lateral: where the round window's niche opens to, ear frame. */
const nicheOpening: Vector3 = [0.3, -0.6, -0.75]

/** The oval window's long axis, ear frame. */
const ovalLength: Vector3 = [0.1, 0.95, 0.1]

/**
 * Windows as real bone has them, in place of narrow niches in thick bone: membranes without bone as wide as the windows,
 * hollows wider than these which open in any direction but mostly backwards and down, so that the middle of the air is
 * not the middle of the window; the middle ear on the promontory and under the basal turn.
 */
export function openWindows(random: Random, shape: LabyrinthShape, surroundings: Surroundings): Surroundings {
  if (random.chance(narrowShare)) return surroundings
  const middleEar = sampleMiddleEar(random)
  const windows = [...roundWindow(random, shape), ...ovalWindow(random, shape)]
  const isReplaced = ({ name }: Inclusion): boolean => name === 'oval window niche' || name === 'round window niche'
  const [tympanum, ...others] = surroundings.inclusions.filter((inclusion) => !isReplaced(inclusion))
  return { ...surroundings, inclusions: [tympanum as Inclusion, ...middleEar, ...windows, ...others] }
}

/** The tympanic cavity up to the promontory, and the hollows below and behind the round window. */
function sampleMiddleEar(random: Random): Inclusion[] {
  const promontory = random.uniform(0.35, 1.1)
  const hollow = (center: Vector3, semiAxes: Vector3, spread: number): SolidShape =>
    ellipsoid(jitter(random, center, spread), scale(semiAxes, random.uniform(0.85, 1.2)))
  return [
    {
      name: 'mesotympanum',
      shapes: [hollow([4.6, 0.5, -3], [3, 5, 3.5], 0.6)],
      tissue: 'cavity',
      shell: promontory,
      waviness: random.uniform(0.1, 0.5)
    },
    ...(random.chance(0.8)
      ? [
          {
            name: 'hypotympanum',
            shapes: [hollow([4, -0.5, -8], [4.4, 5.5, 3.6], 1)],
            tissue: 'cavity',
            shell: promontory + random.uniform(0, 0.4),
            waviness: random.uniform(0.2, 0.8)
          } as const
        ]
      : [])
  ]
}

function roundWindow(random: Random, shape: LabyrinthShape): Inclusion[] {
  const window = shape.roundWindow
  const normal = wallNormal(shape, window)
  const radius = random.uniform(0.7, 1.15)
  const opening = normalize(
    add(
      add(scale(normal, random.uniform(0.3, 1)), scale(nicheOpening, random.uniform(0, 1))),
      jitter(random, [0, 0, 0], 0.3)
    )
  )
  const mouth = add(window, scale(normal, 0.3))
  const outer = add(mouth, scale(opening, random.uniform(1.5, 3.5)))
  const hollow = add(mouth, add(scale(opening, random.uniform(0.8, 2)), jitter(random, [0, 0, -0.6], 0.5)))
  const isBlocked = random.chance(0.1)
  const air: Pick<Inclusion, 'tissue' | 'waviness'> = {
    tissue: isBlocked ? 'soft' : 'cavity',
    waviness: random.uniform(0.05, 0.2)
  }
  const membrane = random.uniform(0, 0.2)
  const rim = radius * random.uniform(0.95, 1.2)
  return [
    membraneOf('round window membrane', [cone(window, mouth, radius, radius)]),
    { name: 'round window niche', shapes: [cone(mouth, outer, rim, random.uniform(0.8, 2))], shell: membrane, ...air },
    {
      name: 'hollow of the round window niche',
      shapes: [ellipsoid(hollow, [random.uniform(0.7, 1.8), random.uniform(0.7, 2), random.uniform(0.7, 2)])],
      shell: random.uniform(0.2, 0.6),
      ...air
    }
  ]
}

function ovalWindow(random: Random, shape: LabyrinthShape): Inclusion[] {
  const window = shape.ovalWindow
  const normal = wallNormal(shape, window)
  const level = normalize(cross(cross(normal, ovalLength), normal))
  const half = random.uniform(0.6, 1)
  const radius = random.uniform(0.5, 0.75)
  const ends = [add(window, scale(level, -half)), add(window, scale(level, half))] as const
  const outwards = add(normal, jitter(random, [0, 0, 0], 0.2))
  const niche = ends.map((end, n) => {
    const inner = add(end, scale(normal, 0.35))
    const spread = scale(level, (n === 0 ? -1 : 1) * random.uniform(-0.2, 0.5))
    const outer = add(add(inner, scale(outwards, random.uniform(1.5, 3))), spread)
    return cone(inner, outer, radius, radius * random.uniform(1, 2))
  })
  return [
    membraneOf('oval window ligament', [cone(...ends, radius, radius)]),
    {
      name: 'oval window niche',
      shapes: niche,
      tissue: random.chance(0.1) ? 'soft' : 'cavity',
      shell: random.uniform(0.1, 0.35),
      waviness: random.uniform(0.05, 0.2)
    }
  ]
}

/** Soft tissue in place of the bone over a window. */
function membraneOf(name: string, shapes: readonly SolidShape[]): Inclusion {
  return { name, shapes, tissue: 'soft', shell: -0.2, waviness: 0.05 }
}
