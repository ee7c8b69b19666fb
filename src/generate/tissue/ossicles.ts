import type { Random } from '../../core/math/random.ts'
import { add, scale, type Vector3 } from '../../core/math/vector.ts'
import type { LabyrinthShape } from '../anatomy/shape.ts'
import { type Inclusion, jitter } from './inclusion.ts'
import { cone, disc, ellipsoid, tube } from './primitives.ts'

/** The footplate lies in the oval window, whose outward direction this is. */
const footplateNormal: Vector3 = [0.83, 0.01, -0.55]

/** Malleus, incus and stapes; some or all are missing in a few cases, as after surgery. */
export function sampleOssicles(random: Random, shape: LabyrinthShape): Inclusion[] {
  const present = random.chance(0.06) ? [] : random.chance(0.05) ? ['stapes'] : ['malleus and incus', 'stapes']
  const head = jitter(random, [6.6, 4.4, 0.2], 0.4)
  const umbo = jitter(random, [4.7, 3.2, -4.2], 0.4)
  const body = jitter(random, [8, 2.2, 0.3], 0.4)
  const joint = jitter(random, add(shape.ovalWindow, [2.9, 0.3, -1]), 0.3)
  const footplate = add(shape.ovalWindow, [0.35, 0, -0.2])
  const crus = (side: number): Vector3 => add(footplate, [0.15, side * 0.9, -0.1])
  const inclusions: readonly Inclusion[] = [
    {
      name: 'malleus and incus',
      shapes: [
        ellipsoid(head, scale([1.1, 1, 1.3], random.uniform(0.8, 1.2))),
        cone(head, umbo, 0.6, 0.35),
        ellipsoid(body, scale([1, 1.3, 1.2], random.uniform(0.8, 1.2))),
        cone(body, jitter(random, [8.6, -1.4, 0.3], 0.3), 0.7, 0.3),
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
    },
    {
      name: 'footplate',
      shapes: [disc(footplate, footplateNormal, random.uniform(1, 1.4), random.uniform(0.1, 0.35))],
      tissue: 'ossicle',
      shell: 0,
      waviness: 0.02
    }
  ]
  return inclusions.filter(({ name }) => present.includes(name) || (name === 'footplate' && present.length > 0))
}
