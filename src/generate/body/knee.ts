import type { Random } from '../../core/math/random.ts'
import { cone, ellipsoid } from '../tissue/primitives.ts'
import { bothSides } from './both-sides.ts'
import { bone, near, type Organ, solid } from './organ.ts'

/** A knee along the z axis: thigh, shank, the bones that meet there, menisci; mm, its joint in the origin. */
export function sampleKnee(random: Random): Organ[] {
  const cortex = random.uniform(1.5, 4)
  const girth = random.uniform(52, 85)
  return [
    {
      name: 'leg',
      shapes: [cone([0, 0, 0], [0, 0, 180], girth, 1.25 * girth), cone([0, 0, 0], [0, 8, -180], girth, 0.8 * girth)],
      layers: [
        { tissue: 'skin', depth: 0 },
        { tissue: 'fat', depth: 1.5 },
        { tissue: 'muscle', depth: random.uniform(3, 16) }
      ],
      waviness: 2
    },
    solid('fat pads', 'fat', [ellipsoid([0, -26, -6], [22, 12, 20]), ellipsoid([0, 22, 4], [18, 12, 26])], 4),
    bone('femur', cortex, [
      cone([0, 0, 30], [4, -4, 190], 17, 14),
      ...bothSides([ellipsoid(near(random, [22, 2, 18], 2), [21, 30, 19])])
    ]),
    bone('tibia', cortex, [
      ...bothSides([ellipsoid(near(random, [20, 0, -18], 2), [21, 25, 15])]),
      cone([0, 0, -20], [0, 2, -190], 24, 13)
    ]),
    bone('fibula', cortex, [cone(near(random, [36, 20, -28], 3), [34, 18, -190], 9, 6)]),
    bone('patella', cortex, [ellipsoid(near(random, [0, -42, 14], 4), [21, 10, 20])]),
    solid('cruciate ligaments', 'organ', [
      cone([-8, 12, -5], [6, -6, 14], 4, 4),
      cone([6, -10, -5], [-6, 8, 14], 4, 4)
    ]),
    solid('vessels', 'vessel', [cone([4, 36, -180], [0, 32, 180], 4, 4), cone([-6, 38, -180], [-8, 34, 180], 5, 5)])
  ]
}
