import type { Random } from '../../core/math/random.ts'
import { bothSides } from '../body/both-sides.ts'
import { bone, near, type Organ, solid } from '../body/organ.ts'
import { cone, ellipsoid, type SolidShape, tube } from '../tissue/primitives.ts'

/** Atlas, axis, the vertebrae below them, airway and great vessels; the head's frame, mm. */
export function sampleNeck(random: Random): Organ[] {
  const cortex = random.uniform(0.8, 2)
  const airway = random.uniform(4, 10)
  return [
    bone('atlas', cortex, [
      ...bothSides([ellipsoid([19, 19, -46], [8, 9, 8]), cone([24, 20, -46], [38, 22, -47], 5, 4)]),
      ...tube(
        [
          [-18, 16, -46],
          [0, 8, -46],
          [18, 16, -46]
        ],
        3.5
      ),
      ...tube(
        [
          [-20, 26, -46],
          [-14, 42, -46],
          [0, 47, -46],
          [14, 42, -46],
          [20, 26, -46]
        ],
        3.5
      )
    ]),
    bone('axis', cortex, [cone([0, 14, -42], [0, 16, -62], 5, 6), ...vertebra(-66)]),
    ...[-83, -100, -117, -134, -151].map((z) => bone('vertebra', cortex, vertebra(z), 1)),
    solid('spinal canal', 'fluid', [cone([0, 25, -34], [0, 36, -170], 10, 8)]),
    solid('spinal cord', 'brain', [cone([0, 25, -30], [0, 36, -170], 5, 5)]),
    bone(
      'hyoid',
      0.8,
      tube(
        [
          [-18, -35, -100],
          [0, -52, -104],
          [18, -35, -100]
        ],
        2.5
      )
    ),
    solid(
      'airway',
      'air',
      tube([[0, -26, -28], [0, -16, -58], near(random, [0, -22, -100], 4), [0, -18, -170]], airway),
      2
    ),
    solid('vessels', 'vessel', bothSides(tube([[28, 0, -30], near(random, [26, -4, -80], 4), [24, 0, -170]], 3.5)))
  ]
}

/** Body, arch, joints and spine of one cervical vertebra whose body lies at a height. */
function vertebra(z: number): SolidShape[] {
  const y = 16 - 0.08 * (z + 66)
  return [
    ...tube(
      [
        [-6, y, z],
        [6, y, z]
      ],
      7
    ),
    ...bothSides([ellipsoid([21, y + 12, z], [6, 7, 8]), cone([20, y + 12, z], [4, y + 30, z - 2], 3.5, 3)]),
    cone([0, y + 30, z - 2], [0, y + 46, z - 8], 3.5, 3)
  ]
}
