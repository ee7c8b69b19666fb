import { describe, expect, it } from 'vitest'
import { geometryAround } from '../../src/core/geometry/geometry.ts'
import { createRandom } from '../../src/core/math/random.ts'
import { dot, identity3 } from '../../src/core/math/vector.ts'
import { createShape } from '../../src/generate/anatomy/create-shape.ts'
import { sectionWall } from '../../src/generate/anatomy/wall.ts'
import { meanParameters } from '../../src/generate/sample/shape-parameters.ts'
import { asSpecimen } from '../../src/generate/tissue/specimen.ts'
import { type Surroundings, sampleSurroundings } from '../../src/generate/tissue/surroundings.ts'
import { rasteriseTemporalBone } from '../../src/generate/tissue/temporal-bone.ts'

const shape = createShape(meanParameters)
const fresh = sampleSurroundings(createRandom(8), shape, { specimens: 1, implanted: 0 })
const specimens = (airFilled: number): Surroundings[] =>
  Array.from({ length: 40 }, (_, n) => asSpecimen(createRandom(4, n), shape, fresh, airFilled))
const placement = { frame: { side: 'right', origin: [0, 0, 0], direction: identity3 } } as const

function vestibuleOf(surroundings: Surroundings): number {
  const grid = geometryAround([0, -0.5, 0], [5, 5, 5], [0.3, 0.3, 0.3], identity3)
  return rasteriseTemporalBone(grid, placement, shape, surroundings, true, createRandom(1))[62] as number
}

describe('a specimen', () => {
  it('that dried holds air in its labyrinth; a fresh one keeps its fluid', () => {
    for (const dried of specimens(1).slice(0, 3)) {
      expect(vestibuleOf(dried)).toBeLessThan(-800)
      const { fluid, modiolus, lamina, bone } = dried.densities
      expect(modiolus).toBeGreaterThan(fluid)
      expect(modiolus).toBeLessThanOrEqual(bone)
      expect(lamina).toBeGreaterThanOrEqual(fluid)
    }
    for (const kept of specimens(0)) expect(kept.densities).toEqual(fresh.densities)
  })

  it('may have air in its internal auditory canal also where its labyrinth is full', () => {
    const tissues = specimens(0).map(
      ({ inclusions }) => inclusions.find(({ name }) => name === 'internal auditory canal')?.tissue
    )
    expect(new Set(tissues)).toEqual(new Set(['cavity', 'fluid']))
  })

  it('may be sawn off close to the ear, never through it', () => {
    const cuts = specimens(0.5).flatMap((each) => each.cuts ?? [])
    expect(cuts.length).toBeGreaterThan(10)
    const places = [shape.cochlea, ...shape.canals].flat().flatMap(sectionWall)
    for (const { normal, offset } of cuts) {
      const farthest = Math.max(...places.map((place) => dot(place, normal)))
      expect(offset - farthest).toBeGreaterThanOrEqual(0.6)
      expect(offset - farthest).toBeLessThanOrEqual(6)
    }
  })

  it('shows what surrounds it beyond a cut', () => {
    const sawn: Surroundings = { ...fresh, implant: [], cuts: [{ normal: [0, 0, 1], offset: 9 }] }
    const grid = geometryAround([0, 0, 11], [5, 5, 5], [0.3, 0.3, 0.3], identity3)
    const field = rasteriseTemporalBone(grid, placement, shape, sawn, true, createRandom(1))
    for (const value of field) expect(value).toBeCloseTo(fresh.densities.soft, 3)
  })
})
