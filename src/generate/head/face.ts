import type { Random } from '../../core/math/random.ts'
import { bothSides } from '../body/both-sides.ts'
import { bone, hollow, near, type Organ, solid } from '../body/organ.ts'
import { cone, ellipsoid, tube } from '../tissue/primitives.ts'

/** Orbits, cheek bones, nose and the sinuses around it; the head's frame, mm. */
export function sampleFace(random: Random): Organ[] {
  const wall = random.uniform(0.6, 2)
  const size = random.uniform(0.6, 1.15)
  const sinus = (): 'air' | 'fluid' => (random.chance(0.85) ? 'air' : 'fluid')
  return [
    bone('frontal bone', 2, [ellipsoid([0, -80, 18], [34, 12, 12])], 1),
    bone('cheek bones', 1.5, bothSides([...tube([[65, -4, -12], [65, -38, -14], near(random, [48, -72, -18], 3)], 4)])),
    bone('maxilla', 1.5, bothSides([ellipsoid([24, -66, -26], [18, 22, 22])]), 1),
    bone('pterygoid plates', 1, bothSides([cone([15, -38, -18], [17, -36, -46], 3.5, 2)])),
    hollow('orbits', 'fat', wall, bothSides([ellipsoid([31, -68, 4], [18, 26, 17])])),
    solid('eyes', 'fluid', bothSides([ellipsoid(near(random, [32, -80, 4], 2), [12, 12, 12])])),
    solid('lenses', 'organ', bothSides([ellipsoid([32, -90, 4], [4.5, 2, 4.5])])),
    solid('eye muscles', 'muscle', bothSides([cone([30, -72, 4], [17, -46, 3], 5, 3)])),
    hollow(
      'maxillary sinuses',
      sinus(),
      wall,
      bothSides([ellipsoid([26, -64, -26], [14 * size, 17 * size, 17 * size])])
    ),
    hollow('nasal cavity', 'air', wall, [ellipsoid([0, -72, -24], [13, 32, 21])]),
    solid(
      'turbinates',
      'muscle',
      bothSides([
        ...tube(
          [
            [8, -92, -20],
            [8, -50, -20]
          ],
          3.5
        ),
        ...tube(
          [
            [8, -92, -34],
            [8, -50, -34]
          ],
          4
        )
      ]),
      1.5
    ),
    bone('nasal septum', 0.8, [
      ...tube(
        [
          [0, -98, -34],
          [0, -50, -34]
        ],
        1.2
      ),
      ellipsoid([0, -72, -20], [1, 26, 18])
    ]),
    solid('ethmoid cells', 'cells', [ellipsoid([0, -66, 3], [12, 26, 11])], 1),
    hollow('sphenoid sinus', sinus(), wall, [
      ellipsoid(near(random, [0, -33, -8], 3), [13 * size, 12 * size, 10 * size])
    ]),
    hollow('frontal sinuses', sinus(), wall, bothSides([ellipsoid(near(random, [10, -88, 20], 3), [11, 5, 12 * size])]))
  ]
}
