import type { Random } from '../../core/math/random.ts'
import { bothSides } from '../body/both-sides.ts'
import { bone, hollow, type Layer, near, type Organ, solid } from '../body/organ.ts'
import { cone, ellipsoid, tube } from '../tissue/primitives.ts'

/**
 * Skin, skull and brain. Places are those of an adult head in mm: X left, Y posterior, Z superior, the middle between
 * the vestibules in the origin, which the skull's breadth, length and height (about 145, 185 and 135 mm) go around.
 */
export function sampleBraincase(random: Random): Organ[] {
  return [...sampleSoftHead(random), ...sampleSkullBase(random), sampleSkull(random), ...sampleBrain(random)]
}

/** Skin, fat and muscle of the whole head and neck, in which all else lies. */
function sampleSoftHead(random: Random): Organ[] {
  const scalp = random.uniform(3, 8)
  const fat = random.uniform(1.5, 6)
  const layers: Layer[] = [
    { tissue: 'hair', depth: -random.uniform(0, 15) },
    { tissue: 'skin', depth: 0 },
    { tissue: 'fat', depth: random.uniform(1, 2.2) },
    { tissue: 'muscle', depth: 2 + fat }
  ]
  const shapes = [
    ellipsoid([0, 0, 38], [72 + scalp, 93 + scalp, 76 + scalp]),
    ellipsoid([0, -52, -33], [61, 50, 64]),
    ellipsoid([0, -50, -75], [48, 46, 42]),
    ellipsoid(near(random, [0, -104, -22], 4), [13, 15, 20]),
    cone([0, 12, -25], [0, 32, -170], random.uniform(54, 66), random.uniform(50, 70))
  ]
  const auricle = bothSides([ellipsoid(near(random, [72 + scalp, 6, -8], 4), [random.uniform(4, 10), 16, 30])])
  return [{ name: 'head', shapes, layers, waviness: random.uniform(0, 2) }, solid('auricles', 'skin', auricle, 4)]
}

/** Bone under the brain: the petrous ridges' ends, clivus, mastoid processes, occipital condyles. */
function sampleSkullBase(random: Random): Organ[] {
  const cortex = random.uniform(1, 2.5)
  return [
    bone('petrous bones', cortex, bothSides([cone([54, 16, -6], [14, -22, -8], 15, 7)]), 1.5),
    bone('clivus', cortex, [cone([0, -20, 0], [0, 8, -30], 10, 7)]),
    bone('occipital condyles', cortex, bothSides([ellipsoid(near(random, [17, 16, -34], 2), [7, 12, 6])])),
    solid(
      'mastoid processes',
      random.chance(0.7) ? 'cells' : 'marrow',
      bothSides([cone(near(random, [52, 18, -8], 2), near(random, [50, 15, -30], 3), 12, 5)])
    ),
    bone('styloid processes', 0.8, bothSides([cone([38, 4, -18], near(random, [32, -8, -45], 4), 2, 1.2)]))
  ]
}

/** Two tables and the diploë between them around the cranial cavity, with the meninges' fluid and the brain inside. */
function sampleSkull(random: Random): Organ {
  const thickness = random.uniform(4, 8.5)
  const [outer, inner] = [random.uniform(1, 2.4), random.uniform(0.8, 1.8)]
  const layers: Layer[] = [
    { tissue: 'cortex', depth: -thickness },
    { tissue: 'marrow', depth: outer - thickness },
    { tissue: 'cortex', depth: -inner },
    { tissue: 'fluid', depth: 0 },
    { tissue: 'brain', depth: random.uniform(0.5, 4) }
  ]
  const shapes = [
    ellipsoid([0, 0, 50], [67, 87, 60]),
    ...bothSides([ellipsoid([39, -32, 4], [21, 31, 24])]),
    ellipsoid([0, 42, -8], [51, 41, 32]),
    cone([0, 5, 8], [0, 22, -36], 18, 14)
  ]
  return { name: 'skull', shapes, layers, waviness: random.uniform(0.3, 2) }
}

function sampleBrain(random: Random): Organ[] {
  const width = random.uniform(2.5, 9)
  const ventricles = [
    ...tube([near(random, [10, -40, 40], 4), [13, 0, 48], [17, 30, 40], [32, 5, 18]], width),
    ...tube([[0, -8, 22], [0, 14, 10], near(random, [0, 30, -6], 3)], 0.6 * width)
  ]
  const calcified = [near(random, [0, 18, 24], 3), near(random, [20, 26, 38], 5), near(random, [-20, 26, 38], 5)]
  return [
    solid('ventricles', 'fluid', bothSides(ventricles), 1),
    ...(random.chance(0.6)
      ? [
          solid(
            'calcifications',
            'marrow',
            calcified.map((center) => ellipsoid(center, [2, 3, 2.5])),
            1
          )
        ]
      : [])
  ]
}

/** What the bone's own rasteriser leaves to the head: the ear canals' outer parts, in the head's frame. */
export function sampleEarCanals(random: Random): Organ {
  const canals = bothSides([cone([58, 5, -8], near(random, [82, 8, -10], 3), 3.5, random.uniform(3.5, 6))])
  return hollow('ear canals', 'air', 0, canals, 0.8)
}
