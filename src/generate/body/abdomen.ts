import type { Random } from '../../core/math/random.ts'
import type { Vector3 } from '../../core/math/vector.ts'
import { cone, ellipsoid, type SolidShape, tube } from '../tissue/primitives.ts'
import { bothSides } from './both-sides.ts'
import { bone, near, type Organ, solid } from './organ.ts'

/** A trunk along the z axis: wall, spine, ribs, pelvis, organs, and bowel with gas; mm, a lumbar vertebra's place. */
export function sampleAbdomen(random: Random): Organ[] {
  const cortex = random.uniform(0.8, 2.2)
  const [wide, deep] = [random.uniform(130, 190), random.uniform(90, 140)]
  const front = 2 * deep - 50
  return [
    {
      name: 'trunk',
      shapes: [ellipsoid([0, 50 - deep, 0], [wide, deep, 420])],
      layers: [
        { tissue: 'skin', depth: 0 },
        { tissue: 'fat', depth: 2 },
        { tissue: 'muscle', depth: random.uniform(8, 35) },
        { tissue: 'fat', depth: 45 }
      ],
      waviness: 3
    },
    solid('liver', 'organ', [ellipsoid(near(random, [-60, -55, 60], 10), [70, 60, 75])], 4),
    solid('spleen', 'organ', [ellipsoid(near(random, [80, -20, 70], 10), [28, 35, 50])], 3),
    solid('kidneys', 'organ', bothSides([ellipsoid(near(random, [58, -10, -10], 8), [28, 26, 52])]), 2),
    solid('bowel', 'bowel', loops(random, front), 4),
    solid('gas', 'air', loops(random, front).map(shrunken), 4),
    solid('vessels', 'vessel', [
      cone([8, -32, -250], [6, -32, 250], 10, 11),
      cone([-16, -30, -250], [-16, -30, 250], 11, 11)
    ]),
    solid('psoas', 'muscle', bothSides([cone([32, -6, 60], [52, -20, -140], 16, 26)]), 2),
    ...[-105, -70, -35, 0, 35, 70, 105, 140].map((z) => bone('vertebra', cortex, vertebra(z), 1)),
    bone(
      'pelvis',
      cortex,
      bothSides([ellipsoid([85, -10, -120], [14, 55, 60]), cone([30, 10, -110], [75, 20, -80], 18, 12)]),
      3
    ),
    bone('ribs', 1, bothSides(ribs(wide, deep)), 1)
  ]
}

/** Pieces of bowel in the front of the belly. */
function loops(random: Random, front: number): SolidShape[] {
  return Array.from({ length: 14 }, () => {
    const place = (): Vector3 => [random.uniform(-95, 95), -random.uniform(55, front), random.uniform(-150, 60)]
    const from = place()
    const radius = random.uniform(10, 24)
    return cone(from, near(random, from, 50), radius, radius)
  })
}

function shrunken(shape: SolidShape): SolidShape {
  return shape.kind === 'cone' ? { ...shape, radii: [0.6 * shape.radii[0], 0.6 * shape.radii[1]] } : shape
}

/** Body, arch, joints, transverse and spinous processes of one lumbar vertebra whose body lies at a height. */
function vertebra(z: number): SolidShape[] {
  return [
    ellipsoid([0, 0, z], [25, 18, 16]),
    ...bothSides([
      cone([15, 12, z + 5], [16, 28, z + 2], 6, 6),
      ellipsoid([18, 34, z - 8], [8, 9, 14]),
      cone([18, 26, z + 2], [44, 30, z + 4], 5, 3),
      cone([14, 34, z], [2, 46, z - 4], 4, 4)
    ]),
    cone([0, 46, z - 4], [0, 74, z - 12], 4, 6)
  ]
}

function ribs(wide: number, deep: number): SolidShape[] {
  return [40, 66, 92, 118, 144].flatMap((z) =>
    tube(
      Array.from({ length: 7 }, (_, n): Vector3 => {
        const angle = (n / 6) * 2.4
        return [30 * (1 - n / 6) + 0.82 * wide * Math.sin(angle), 45 - deep + 0.82 * deep * Math.cos(angle), z - 9 * n]
      }),
      5
    )
  )
}
