import { describe, expect, it } from 'vitest'
import { type Geometry, geometryAround } from '../../src/core/geometry/geometry.ts'
import { createRandom } from '../../src/core/math/random.ts'
import { identity3, norm, type Vector3 } from '../../src/core/math/vector.ts'
import { createShape } from '../../src/generate/anatomy/create-shape.ts'
import { meanParameters } from '../../src/generate/sample/shape-parameters.ts'
import { sampleEffusion } from '../../src/generate/tissue/effusion.ts'
import { fillingOf } from '../../src/generate/tissue/filling.ts'
import { sampleImplant } from '../../src/generate/tissue/implant.ts'
import { cone, disc, ellipsoid, solidOf } from '../../src/generate/tissue/primitives.ts'
import { type Surroundings, sampleSurroundings } from '../../src/generate/tissue/surroundings.ts'
import { rasteriseTemporalBone } from '../../src/generate/tissue/temporal-bone.ts'

const shape = createShape(meanParameters)
const grid = geometryAround([0, 0, 0], [60, 60, 60], [0.5, 0.5, 0.5], identity3)
const placement = { frame: { side: 'right', origin: [0, 0, 0], direction: identity3 } } as const

function paint(surroundings: Surroundings, hasEar = true): Float32Array {
  return rasteriseTemporalBone(grid, placement, shape, surroundings, hasEar, createRandom(1))
}

/** Value of the voxel nearest to a place (ear frame, mm) on a grid along the ear frame's axes. */
function valueAt(field: Float32Array, { size, spacing, origin }: Geometry, place: Vector3): number {
  const [i, j, k] = place.map((mm, axis) =>
    Math.round((mm - (origin[axis] as number)) / (spacing[axis] as number))
  ) as unknown as Vector3
  return field[i + size[0] * (j + size[1] * k)] as number
}

describe('surroundings', () => {
  const drawn = Array.from({ length: 400 }, (_, n) =>
    sampleSurroundings(createRandom(21, n), shape, { specimens: 0.15, implanted: 0.1 })
  )

  it('hold every structure of a temporal bone', () => {
    const names = new Set(drawn.flatMap(({ inclusions }) => inclusions.map(({ name }) => name)))
    for (const name of [
      'tympanic cavity',
      'ear canal',
      'eardrum',
      'oval window niche',
      'round window niche',
      'drilled cavity',
      'internal auditory canal',
      'facial, cochlear and vestibular nerves',
      'cochlear nerve canal',
      'facial nerve',
      'chorda tympani',
      'carotid canal',
      'jugular bulb',
      'sigmoid sinus',
      'vestibular aqueduct',
      'cochlear aqueduct',
      'subarcuate canal',
      'malleus and incus',
      'stapes',
      'footplate'
    ]) {
      expect(names, name).toContain(name)
    }
  })

  it('now and then lack ossicles, hold fluid, an implant, a drilled cavity, or are a block of a specimen', () => {
    const share = (is: (surroundings: Surroundings) => boolean): number => drawn.filter(is).length / drawn.length
    const without = share(({ inclusions }) => !inclusions.some(({ name }) => name === 'malleus and incus'))
    for (const [rare, most] of [
      [without, 0.2],
      [share(({ effusion }) => effusion !== null), 0.2],
      [share(({ implant }) => implant.length > 0), 0.15],
      [share(({ inclusions }) => inclusions.some(({ name }) => name === 'drilled cavity')), 0.1],
      [share(({ bone }) => bone.block !== null), 0.2]
    ] as const) {
      expect(rare).toBeGreaterThan(0.01)
      expect(rare).toBeLessThan(most)
    }
  })

  it('make the otic capsule denser than the bone, and the labyrinth fluid', () => {
    const [surroundings] = drawn as [Surroundings]
    const field = paint(surroundings)
    const middle = valueAt(field, grid, [0, -0.5, 0])
    expect(Math.abs(middle - surroundings.densities.fluid)).toBeLessThan(30)
    // Lateral to the posterior canal's arc and medial to the lateral canal's: bone on all sides.
    const besideVestibule = valueAt(field, grid, [-2.6, -1.6, 1.2])
    expect(besideVestibule).toBeGreaterThan(surroundings.densities.bone)
  })

  it('end at the block of a specimen, with air beyond', () => {
    const surroundings = drawn.find(({ bone }) => bone.block !== null && bone.block < 20) as Surroundings
    const field = paint({ ...surroundings, bone: { ...surroundings.bone, block: 12 } })
    expect(valueAt(field, grid, [-14, -13.5, -13.5])).toBeCloseTo(surroundings.densities.air, 3)
  })

  it('are bone and cells alone without an ear', () => {
    const [surroundings] = drawn as [Surroundings]
    const withEar = paint(surroundings)
    const without = paint(surroundings, false)
    expect(valueAt(without, grid, [0, -0.5, 0])).not.toBe(valueAt(withEar, grid, [0, -0.5, 0]))
  })
})

describe('an effusion', () => {
  it('fills air spaces below its level and nothing else', () => {
    const { densities } = sampleSurroundings(createRandom(3), shape, { specimens: 0, implanted: 0 })
    const effusion = { up: [0, 1, 0] as const, level: 2 }
    const cavity = fillingOf({ densities, effusion }, 'cavity')
    expect(cavity(0, 1, 0)).toBe(densities.effusion)
    expect(cavity(0, 3, 0)).toBe(densities.cavity)
    expect(fillingOf({ densities, effusion }, 'soft')(0, 1, 0)).toBe(densities.soft)
    expect(fillingOf({ densities, effusion: null }, 'cells')(0, 1, 0)).toBe(densities.cells)
  })

  it('has a level across gravity', () => {
    const effusions = Array.from({ length: 100 }, (_, n) => sampleEffusion(createRandom(4, n))).filter(
      (e) => e !== null
    )
    expect(effusions.length).toBeGreaterThan(3)
    for (const { up } of effusions) expect(norm(up)).toBeCloseTo(1, 10)
  })
})

describe('an implant', () => {
  it('lies in the cochlear duct from the round window on, as metal', () => {
    const [contacts] = sampleImplant(createRandom(5), shape)
    expect(contacts?.tissue).toBe('metal')
    for (const contact of contacts?.shapes ?? []) {
      if (contact.kind !== 'ellipsoid') throw new Error('contacts are balls')
      const nearest = Math.min(
        ...shape.cochlea.map(({ center }) => norm(contact.center.map((mm, n) => mm - (center[n] as number)) as never))
      )
      expect(nearest).toBeLessThan(0.6)
    }
  })
})

describe('solids', () => {
  it('give their distance: negative inside, zero on the wall', () => {
    expect(solidOf(cone([0, 0, 0], [4, 0, 0], 1, 1)).distance(2, 0, 0)).toBe(-1)
    expect(solidOf(ellipsoid([0, 0, 0], [1, 2, 3])).distance(0, 2, 0)).toBeCloseTo(0, 10)
    const plate = solidOf(disc([0, 0, 0], [0, 0, 2], 3, 0.5))
    expect(plate.distance(1, 1, 0)).toBe(-0.25)
    expect(plate.distance(1, 1, 1)).toBe(0.75)
    expect(plate.distance(5, 0, 0)).toBe(2)
  })

  it('thinner than a voxel never fill one', () => {
    expect(solidOf(disc([0, 0, 0], [0, 0, 1], 3, 0.1)).largestShare(0.5)).toBeCloseTo(0.2, 10)
    expect(solidOf(cone([0, 0, 0], [4, 0, 0], 0.1, 0.1)).largestShare(0.5)).toBeCloseTo(Math.PI / 25, 10)
    expect(solidOf(ellipsoid([0, 0, 0], [2, 2, 2])).largestShare(0.5)).toBe(1)
  })
})
