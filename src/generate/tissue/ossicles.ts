import type { Random } from '../../core/random.ts'
import { add, scale, type Vector3 } from '../../core/vector.ts'
import type { LabyrinthShape } from '../anatomy/shape.ts'
import { type Inclusion, jitter } from './inclusion.ts'
import { cone, ellipsoid, tube } from './primitives.ts'

/** Malleus, incus and stapes; missing in some cases, as after surgery. */
export function drawOssicles(random: Random, shape: LabyrinthShape): Inclusion[] {
  if (random.chance(0.08)) return []
  const head = jitter(random, [6.6, 4.4, 0.2], 0.4)
  const body = jitter(random, [8, 2.2, 0.3], 0.4)
  const joint = jitter(random, add(shape.ovalWindow, [2.9, 0.3, -1]), 0.3)
  const footplate = add(shape.ovalWindow, [0.5, 0, -0.3])
  const crus = (side: number): Vector3 => add(footplate, [0.15, side * 0.9, -0.1])
  return [
    {
      name: 'malleus and incus',
      shapes: [
        ellipsoid(head, scale([1.1, 1, 1.3], random.uniform(0.8, 1.2))),
        cone(head, jitter(random, [4.7, 3.2, -4.2], 0.4), 0.6, 0.35),
        ellipsoid(body, scale([1, 1.3, 1.2], random.uniform(0.8, 1.2))),
        cone(body, joint, 0.6, 0.35)
      ],
      tissue: 'ossicle',
      shell: 0.4,
      waviness: 0.1
    },
    {
      name: 'stapes',
      shapes: [...tube([joint, crus(1)], 0.18), ...tube([joint, crus(-1)], 0.18)],
      tissue: 'ossicle',
      shell: 0.05,
      waviness: 0.03
    }
  ]
}
