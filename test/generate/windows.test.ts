import { describe, expect, it } from 'vitest'
import { geometryAround } from '../../src/core/geometry/geometry.ts'
import { createRandom } from '../../src/core/math/random.ts'
import { add, distance, dot, identity3, scale, type Vector3 } from '../../src/core/math/vector.ts'
import { createShape } from '../../src/generate/anatomy/create-shape.ts'
import { labyrinthDistance } from '../../src/generate/anatomy/distance.ts'
import { wallNormal } from '../../src/generate/anatomy/landmarks.ts'
import { meanParameters } from '../../src/generate/sample/shape-parameters.ts'
import { sampleSurroundings } from '../../src/generate/tissue/surroundings.ts'
import { rasteriseTemporalBone } from '../../src/generate/tissue/temporal-bone.ts'
import { openWindows } from '../../src/generate/tissue/windows.ts'

const shape = createShape(meanParameters)
const closed = sampleSurroundings(createRandom(5), shape, { specimens: 0, implanted: 0 })
const placement = { frame: { side: 'right', origin: [0, 0, 0], direction: identity3 } } as const
const windows = [shape.ovalWindow, shape.roundWindow] as const

/** HU at a place near the labyrinth, from a small grid about it. */
function valueAt(place: Vector3, surroundings: typeof closed): number {
  const grid = geometryAround(place, [9, 9, 9], [0.15, 0.15, 0.15], identity3)
  const field = rasteriseTemporalBone(grid, placement, shape, surroundings, true, createRandom(1))
  return field[4 + 9 * (4 + 9 * 4)] as number
}

describe('the windows', () => {
  const drawn = Array.from({ length: 60 }, (_, n) => openWindows(createRandom(3, n), shape, closed))
  const open = drawn.filter((surroundings) => surroundings !== closed)

  it('lie open in most ears and in a narrow niche in the others, all else as it was', () => {
    expect(open.length / drawn.length).toBeGreaterThan(0.7)
    expect(open.length).toBeLessThan(drawn.length)
    for (const { inclusions, ...others } of open) {
      expect(others).toEqual({ ...closed, inclusions: undefined, ...others })
      const kept = closed.inclusions.filter(({ name }) => !name.endsWith('window niche'))
      for (const inclusion of kept) expect(inclusions).toContainEqual(inclusion)
    }
  })

  it('have normals that point out of the labyrinth', () => {
    for (const window of windows) {
      const normal = wallNormal(shape, window)
      expect(Math.hypot(...normal)).toBeCloseTo(1, 9)
      expect(labyrinthDistance(shape, add(window, scale(normal, 0.3)), 2).whole).toBeGreaterThan(0.2)
    }
  })

  it('have no bone in their middles, wherever the niche opens to', () => {
    for (const surroundings of open.slice(0, 8)) {
      const normal = wallNormal(shape, shape.roundWindow)
      expect(valueAt(add(shape.roundWindow, scale(normal, 0.15)), surroundings)).toBeLessThan(closed.densities.bone / 2)
    }
  })

  it('have round-window niches that are not centred on them, and open backwards and down on average', () => {
    const directions = open.flatMap(({ inclusions }) => {
      const [course] = inclusions.find(({ name }) => name === 'round window niche')?.shapes ?? []
      if (course?.kind !== 'cone') return []
      const length = distance(course.from, course.to)
      return [scale(add(course.to, scale(course.from, -1)), 1 / length)]
    })
    expect(directions.length).toBe(open.length)
    const mean = scale(directions.reduce(add), 1 / directions.length)
    expect(mean[1]).toBeLessThan(-0.3)
    expect(mean[2]).toBeLessThan(-0.3)
    expect(new Set(directions.map((direction) => Math.round(20 * dot(direction, mean)))).size).toBeGreaterThan(4)
  })
})
