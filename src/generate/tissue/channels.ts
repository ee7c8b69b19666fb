import type { Random } from '../../core/random.ts'
import type { Vector3 } from '../../core/vector.ts'
import type { Densities } from './densities.ts'
import { type Inclusion, jitter } from './inclusion.ts'
import { cone, ellipsoid, type SolidShape, tube } from './primitives.ts'

/**
 * Fluid and soft tissue that runs through the bone: internal auditory canal, facial nerve with its two bends, carotid
 * canal, jugular bulb, sigmoid sinus, vestibular and cochlear aqueducts. Places are those of two labelled temporal
 * bones in the ear frame (mm), widely varied.
 */
export function drawChannels(random: Random): Inclusion[] {
  const at = (x: number, y: number, z: number, sd: number): Vector3 => jitter(random, [x, y, z], sd)
  const [low, high] = [random.uniform(1, 1.9), random.uniform(1.8, 3.2)]
  const porus = at(-13, 1.5, 0.2, 1.2)
  const bulb = random.uniform(2.5, 5.5)
  const inclusion = (
    name: string,
    tissue: keyof Densities,
    shell: number,
    waviness: number,
    shapes: readonly SolidShape[]
  ): Inclusion => ({ name, tissue, shell, waviness, shapes })
  return [
    inclusion('internal auditory canal', 'fluid', random.uniform(0.25, 0.6), 0.3, [
      cone(at(-3.4, 2.4, 0.2, 0.4), porus, low, high)
    ]),
    inclusion('cerebellopontine angle', 'brain', 2, 0.5, [cone(porus, at(-20, -3, -1, 2), 2.5, 6)]),
    inclusion(
      'facial nerve',
      'soft',
      random.uniform(0.15, 0.5),
      0.1,
      tube(
        [
          at(-2.5, 3.6, 1, 0.3),
          at(-0.2, 5.6, 1.2, 0.5),
          at(3.2, 1.6, 0.6, 0.4),
          at(5, -3.5, -1, 0.5),
          at(5.8, -8, -4.5, 0.8),
          at(5, -10, -14, 1)
        ],
        random.uniform(0.35, 0.85)
      )
    ),
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
    ),
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
    )
  ]
}
