import { expect, test } from 'vitest'
import { createRandom } from '../../src/core/math/random.ts'
import { rotationAbout, subtract, transform, type Vector3 } from '../../src/core/math/vector.ts'
import { createShape } from '../../src/generate/anatomy/create-shape.ts'
import { labyrinthDistance } from '../../src/generate/anatomy/distance.ts'
import { wallPlaces } from '../../src/generate/comparison/wall-places.ts'
import { sampleLimit, sampleShapeParameters } from '../../src/generate/sample/shape-parameters.ts'
import { fitShape } from '../../studies/shape-coverage/fit-shape.ts'

test('a labyrinth of the generator, moved and turned, is found again from its surface', () => {
  const drawn = sampleShapeParameters(createRandom(5))
  const wall = Object.values(wallPlaces(createShape({ ...drawn, warp: [], canalBends: [0, 0, 0] }))).flat()
  const turned = rotationAbout([0.6, 0, 0.8], 0.1)
  const moved = wall.filter((_, n) => n % 5 === 0).map((place) => transform(turned, subtract(place, [0.4, -0.3, 0.2])))
  const { parameters, rotation, shift } = fitShape(moved)
  const shape = createShape(parameters)
  const off = moved.map((place) => {
    const [x, y, z] = transform(rotation, place)
    const placed: Vector3 = [x + shift[0], y + shift[1], z + shift[2]]
    return Math.abs(labyrinthDistance(shape, placed, 3).whole)
  })
  expect(off.reduce((sum, mm) => sum + mm, 0) / off.length).toBeLessThan(0.04)
  for (const weight of parameters.modes) expect(Math.abs(weight)).toBeLessThanOrEqual(sampleLimit)
})
