import type { Random } from '../../core/math/random.ts'
import { add, scale, subtract, type Vector3 } from '../../core/math/vector.ts'
import type { LabyrinthShape } from '../anatomy/shape.ts'
import type { Densities } from './densities.ts'
import { type Inclusion, jitter } from './inclusion.ts'
import { cone, ellipsoid, type SolidShape, tube } from './primitives.ts'

/**
 * Fluid and soft tissue that runs through the bone: internal auditory canal with its nerves, facial nerve with its two
 * bends and the chorda tympani, carotid canal, jugular bulb, sigmoid sinus, the aqueducts, the subarcuate canal. Places
 * are those of two labelled temporal bones in the ear frame (mm), widely varied.
 */
export function sampleChannels(random: Random, shape: LabyrinthShape): Inclusion[] {
  return [...internalAuditoryCanal(random, shape), ...facialNerve(random), ...vessels(random), ...aqueducts(random)]
}

function inclusion(
  name: string,
  tissue: keyof Densities,
  shell: number,
  waviness: number,
  shapes: readonly SolidShape[]
): Inclusion {
  return { name, tissue, shell, waviness, shapes }
}

function internalAuditoryCanal(random: Random, { helicotrema, modiolarAxis }: LabyrinthShape): Inclusion[] {
  const [low, high] = [random.uniform(1, 1.9), random.uniform(1.8, 3.2)]
  const fundus = jitter(random, [-3.4, 2.4, 0.2], 0.4)
  const porus = jitter(random, [-13, 1.5, 0.2], 1.2)
  const base = subtract(helicotrema, scale(modiolarAxis.direction, random.uniform(3.6, 4.4)))
  const nerve = (offset: Vector3): SolidShape =>
    cone(
      add(fundus, scale(offset, low)),
      add(porus, scale(offset, high)),
      random.uniform(0.3, 0.5),
      random.uniform(0.4, 0.7)
    )
  return [
    inclusion('internal auditory canal', 'fluid', random.uniform(0.25, 0.6), 0.3, [cone(fundus, porus, low, high)]),
    inclusion('cochlear nerve canal', 'nerve', random.uniform(0.1, 0.3), 0.05, [
      cone(fundus, base, random.uniform(0.4, 0.8), random.uniform(0.4, 1.1))
    ]),
    inclusion('cerebellopontine angle', 'brain', 2, 0.5, [cone(porus, jitter(random, [-20, -3, -1], 2), 2.5, 6)]),
    inclusion('facial, cochlear and vestibular nerves', 'nerve', 0.4, 0.1, [
      nerve([0, 0.4, 0.4]),
      nerve([0, 0.4, -0.4]),
      nerve([0, -0.45, 0])
    ])
  ]
}

function facialNerve(random: Random): Inclusion[] {
  const at = (x: number, y: number, z: number, sd: number): Vector3 => jitter(random, [x, y, z], sd)
  const secondBend = at(5.8, -8, -4.5, 0.8)
  const course = [
    at(-2.5, 3.6, 1, 0.3),
    at(-0.2, 5.6, 1.2, 0.5),
    at(3.2, 1.6, 0.6, 0.4),
    at(5, -3.5, -1, 0.5),
    secondBend,
    at(5, -10, -14, 1)
  ]
  const radius = random.uniform(0.35, 0.85)
  const shell = random.uniform(0.15, 0.5)
  const chorda = [add(secondBend, [-0.2, -0.6, -4]), at(7, -2.5, -4.5, 0.6), at(5.6, 3, -2.6, 0.5)]
  return [
    inclusion(
      'bony wall of the facial canal',
      'bone',
      shell,
      0.1,
      tube(course.slice(1), radius + random.uniform(0.05, 0.4))
    ),
    inclusion('facial nerve', 'soft', shell, 0.1, tube(course, radius)),
    inclusion('chorda tympani', 'soft', 0.3, 0.03, tube(chorda, random.uniform(0.15, 0.3)))
  ]
}

function vessels(random: Random): Inclusion[] {
  const at = (x: number, y: number, z: number, sd: number): Vector3 => jitter(random, [x, y, z], sd)
  const bulb = random.uniform(2.5, 5.5)
  return [
    inclusion(
      'carotid canal',
      'soft',
      random.uniform(0.6, 1.5),
      0.3,
      tube(
        [at(-1, 4, -18, 1.5), at(-3, 5.5, -12, 1.2), at(-8, 8, -9.5, 1.2), at(-17, 15, -7, 2)],
        random.uniform(2.3, 3.4)
      )
    ),
    inclusion('jugular bulb', 'soft', random.uniform(0.8, 2), 0.5, [
      ellipsoid(at(-2, -5, -14, 2), [bulb, bulb, random.uniform(3, 7)])
    ]),
    inclusion(
      'sigmoid sinus',
      'soft',
      2,
      0.6,
      tube([at(15, -22, 4, 2.5), at(11, -20, -6, 2.5), at(6, -15, -16, 2.5)], random.uniform(3, 5.5))
    )
  ]
}

function aqueducts(random: Random): Inclusion[] {
  const at = (x: number, y: number, z: number, sd: number): Vector3 => jitter(random, [x, y, z], sd)
  return [
    inclusion(
      'vestibular aqueduct',
      'fluid',
      0,
      0.05,
      tube([at(-1.2, -3.2, 1.6, 0.2), at(-0.8, -5.5, 1.2, 0.4), at(0.2, -8.5, -0.8, 0.6)], random.uniform(0.1, 0.45))
    ),
    inclusion(
      'cochlear aqueduct',
      'fluid',
      0,
      0.05,
      tube([at(-1, 0, -4.2, 0.3), at(-5, -2.5, -6.5, 0.8), at(-9, -4.5, -8, 1)], random.uniform(0.08, 0.3))
    ),
    // It runs from the posterior fossa through the arch of the superior canal.
    ...(random.chance(0.7)
      ? [
          inclusion(
            'subarcuate canal',
            'soft',
            0.15,
            0.08,
            tube([at(-3.5, -3.5, 6, 0.8), at(0.6, -0.6, 5.2, 0.5), at(5, 0, 4.5, 0.8)], random.uniform(0.15, 0.7))
          )
        ]
      : [])
  ]
}
