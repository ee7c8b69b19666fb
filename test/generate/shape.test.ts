import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { geometryAround } from '../../src/core/geometry/geometry.ts'
import { createRandom } from '../../src/core/math/random.ts'
import { add, distance, dot, identity3, mirror, scale, subtract, type Vector3 } from '../../src/core/math/vector.ts'
import { createCochlearFrame } from '../../src/ear/cochlear-coordinates.ts'
import { createShape } from '../../src/generate/anatomy/create-shape.ts'
import { labyrinthDistance } from '../../src/generate/anatomy/distance.ts'
import { labelsOf, rasteriseLabyrinth } from '../../src/generate/anatomy/labyrinth.ts'
import { gapBetween } from '../../src/generate/anatomy/septum.ts'
import type { LabyrinthShape } from '../../src/generate/anatomy/shape.ts'
import { windingAngles } from '../../src/generate/anatomy/winding.ts'
import { createCanvas } from '../../src/generate/canvas.ts'
import { meanParameters, sampleShapeParameters } from '../../src/generate/sample/shape-parameters.ts'

const drawn = fc.nat().map((seed) => sampleShapeParameters(createRandom(seed)))
const few = { numRuns: 15 }

function anglesOf({ cochlea, modiolarAxis, roundWindow }: LabyrinthShape): number[] {
  const centers = cochlea.map(({ center }) => center)
  return windingAngles(centers, createCochlearFrame(modiolarAxis, roundWindow))
}

describe('a drawn labyrinth', () => {
  it('has its windows on the wall, the oval one on the vestibule, and the helicotrema inside the cochlea', () => {
    fc.assert(
      fc.property(drawn, (parameters) => {
        const shape = createShape(parameters)
        const [oval, round, apex] = [shape.ovalWindow, shape.roundWindow, shape.helicotrema].map((place) =>
          labyrinthDistance(shape, place, 2)
        ) as [
          ReturnType<typeof labyrinthDistance>,
          ReturnType<typeof labyrinthDistance>,
          ReturnType<typeof labyrinthDistance>
        ]
        expect(Math.abs(oval.whole)).toBeLessThan(0.02)
        expect(oval.vestibule).toBeLessThan(0.2)
        expect(Math.abs(round.whole)).toBeLessThan(0.02)
        expect(round.cochlea).toBeLessThan(0.2)
        expect(apex.cochlea).toBeLessThan(-0.02)
      }),
      few
    )
  })

  it('has one hollow above the modiolus, with the helicotrema on the axis at its top', () => {
    fc.assert(
      fc.property(drawn, (parameters) => {
        const shape = createShape(parameters)
        const { point, direction } = shape.modiolarAxis
        const along = dot(subtract(shape.helicotrema, point), direction)
        const onAxis = (height: number): Vector3 => add(point, scale(direction, height))
        expect(distance(onAxis(along), shape.helicotrema)).toBeLessThan(1e-9)
        expect(labyrinthDistance(shape, onAxis(along + 0.15), 2).whole).toBeGreaterThan(0)
        for (const below of [0.2, 0.4])
          expect(labyrinthDistance(shape, onAxis(along - below), 2).cochlea).toBeLessThan(0)
      }),
      few
    )
  })

  it('of a former edition has no such hollow and is what it was', () => {
    const { cupula: _, ...former } = meanParameters
    const [before, now] = [createShape(former), createShape(meanParameters)]
    expect(before).not.toHaveProperty('cupula')
    expect(now.cochlea).toEqual(before.cochlea)
    expect(now.roundWindow).toEqual(before.roundWindow)
  })

  it('has two and a quarter to three turns, with bone between them', () => {
    fc.assert(
      fc.property(drawn, (parameters) => {
        const shape = createShape(parameters)
        const angles = anglesOf(shape)
        expect(angles.at(-1)).toBeGreaterThan(2.15 * 2 * Math.PI)
        expect(angles.at(-1)).toBeLessThan(3.05 * 2 * Math.PI)
        shape.cochlea.forEach((upper, n) => {
          for (let m = 0; (angles[n] as number) - (angles[m] as number) > 1.5 * Math.PI; m++) {
            expect(gapBetween(upper, shape.cochlea[m] as typeof upper).gap).toBeGreaterThan(0.04)
          }
        })
      }),
      few
    )
  })

  it('is wound on at its end alone: the basal turn stays where it is', () => {
    const [mean, wound] = [
      createShape(meanParameters),
      createShape({ ...meanParameters, winding: meanParameters.winding + 100 })
    ]
    const [before, after] = [anglesOf(mean), anglesOf(wound)]
    expect((((after.at(-1) as number) - (before.at(-1) as number)) * 180) / Math.PI).toBeCloseTo(100, -1)
    const basal = before.findIndex((angle) => angle > 0.5 * Math.PI)
    expect(wound.cochlea[basal]?.center).toEqual(mean.cochlea[basal]?.center)
  })

  it('is the same for the same seed, and another for another', () => {
    const shapeOf = (seed: number): LabyrinthShape => createShape(sampleShapeParameters(createRandom(seed, 2)))
    expect(shapeOf(4)).toEqual(shapeOf(4))
    expect(shapeOf(4)).not.toEqual(shapeOf(5))
  })

  it('as a left ear is the mirror image of itself as a right one', () => {
    const shape = createShape(sampleShapeParameters(createRandom(6)))
    const grid = geometryAround([0, 0, 1], [40, 40, 40], [0.5, 0.5, 0.5], identity3)
    const labels = (side: 'left' | 'right'): Uint8Array => {
      const direction = side === 'right' ? identity3 : mirror
      return labelsOf(rasteriseLabyrinth(createCanvas(grid, { origin: [0, 0, 0], direction }), shape, 1))
    }
    const [right, left] = [labels('right'), labels('left')]
    const [nx] = grid.size
    const mirrored = right.map((_, n) => right[n - (n % nx) + (nx - 1 - (n % nx))] as number)
    expect(left).toEqual(mirrored)
    expect(left).not.toEqual(right)
  })
})
