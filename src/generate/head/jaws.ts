import type { Random } from '../../core/math/random.ts'
import type { Vector3 } from '../../core/math/vector.ts'
import { bothSides } from '../body/both-sides.ts'
import { bone, near, type Organ, solid } from '../body/organ.ts'
import { cone, ellipsoid, type SolidShape, tube } from '../tissue/primitives.ts'

/** Upper and lower jaw with their teeth, some missing, some filled with metal; the head's frame, mm. */
export function sampleJaws(random: Random): Organ[] {
  const cortex = random.uniform(1, 3)
  const open = random.uniform(0, 12)
  const teeth = [...teethOf(random, -48, -12), ...teethOf(random, -80 - open, 14)]
  const filled = random.chance(0.4) ? teeth.filter(() => random.chance(0.15)) : []
  return [
    bone('palate', cortex, [ellipsoid([0, -68, -43], [22, 26, 3.5])], 1),
    bone('upper alveolar process', cortex, arch(-48, 6)),
    solid('mouth', random.chance(0.3) ? 'air' : 'muscle', [ellipsoid([0, -64, -58], [20, 24, 5])], 3),
    solid('tongue', 'muscle', [ellipsoid([0, -56, -68], [22, 28, 16])], 2),
    bone(
      'rami of the mandible',
      cortex,
      bothSides([
        ...tube([near(random, [49, -14, -24], 2), [47, -30, -74], [40, -52, -82 - open]], 5.5),
        ellipsoid([49, -13, -20], [9, 5, 6]),
        cone([49, -38, -28], [46, -36, -62], 3.5, 5)
      ])
    ),
    bone('body of the mandible', cortex, arch(-82 - open, 7)),
    solid('teeth', 'tooth', teeth, 0.3),
    ...(filled.length > 0 ? [solid('fillings', 'metal', filled.map(crownOf))] : [])
  ]
}

/** Where the tooth row runs at a share of its length, from the right last molar (−1) to the left one (1). */
function archPlace(share: number, z: number): Vector3 {
  return [27 * Math.sin((share * Math.PI) / 2.1), -92 + 46 * share * share, z]
}

function arch(z: number, radius: number): SolidShape[] {
  return tube(
    Array.from({ length: 9 }, (_, n) => archPlace(n / 4 - 1, z)),
    radius
  )
}

/** @param height of the teeth above their roots' ends, mm; downwards where negative */
function teethOf(random: Random, z: number, height: number): SolidShape[] {
  const teeth: SolidShape[] = []
  for (let n = -8; n < 8; n++) {
    if (random.chance(0.12)) continue
    const share = (n + 0.5) / 8
    const [x, y] = archPlace(share, z)
    const molar = Math.abs(share) > 0.55 ? 4.2 : 2.8
    teeth.push(cone([x, y, z + 0.3 * height], [x, y, z + 1.2 * height], 0.6 * molar, molar))
  }
  return teeth
}

/** The end of a tooth that bites. */
function crownOf(tooth: SolidShape): SolidShape {
  return tooth.kind === 'cone' ? ellipsoid(tooth.to, [tooth.radii[1], tooth.radii[1], 2]) : tooth
}
