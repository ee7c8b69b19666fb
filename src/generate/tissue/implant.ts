import type { Random } from '../../core/math/random.ts'
import { add, distance, scale, type Vector3 } from '../../core/math/vector.ts'
import type { LabyrinthShape, Section } from '../anatomy/shape.ts'
import type { Inclusion } from './inclusion.ts'
import { ellipsoid, tube } from './primitives.ts'

/** Where the lead leaves the middle ear towards the receiver behind the auricle; ear frame, mm. */
export const leadCourse: readonly Vector3[] = [
  [4, -4, -4],
  [9, -9, -2],
  [16, -14, 4],
  [24, -18, 12]
]

/** A cochlear implant: contacts along the duct from the round window on, and the lead through the mastoid. */
export function sampleImplant(random: Random, shape: LabyrinthShape): Inclusion[] {
  const depth = random.uniform(0.45, 0.85)
  const spacing = random.uniform(0.7, 1.4)
  const size = random.uniform(0.15, 0.25)
  // From the lumen's middle towards its outer wall.
  const outwards = random.uniform(-0.2, 0.35)
  const course = contactPlaces(shape.cochlea.slice(0, Math.round(depth * shape.cochlea.length)), spacing, outwards)
  return [
    {
      name: 'electrode contacts',
      shapes: course.map((place) => ellipsoid(place, [size, size, size])),
      tissue: 'metal',
      shell: -10,
      waviness: 0
    },
    {
      name: 'electrode wires',
      shapes: [...tube(course, 0.06), ...tube([shape.roundWindow, ...leadCourse], random.uniform(0.2, 0.45))],
      tissue: 'metal',
      shell: -10,
      waviness: 0
    }
  ]
}

function contactPlaces(sections: readonly Section[], spacing: number, outwards: number): Vector3[] {
  const places: Vector3[] = []
  for (const { center, axisA, reach } of sections) {
    const place = add(center, scale(axisA, outwards * reach))
    if (places.length === 0 || distance(place, places.at(-1) as Vector3) >= spacing) places.push(place)
  }
  return places
}
