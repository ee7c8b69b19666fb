import { expect, it } from 'vitest'
import { createShape } from '../../src/generate/anatomy/create-shape.ts'
import { truthOf } from '../../src/generate/anatomy/truth.ts'
import { generateCase } from '../../src/generate/case.ts'
import { caseOptions } from '../../src/generate/sample/options.ts'
import { meanParameters } from '../../src/generate/sample/shape-parameters.ts'

const truth = truthOf(createShape(meanParameters))

it('the mean labyrinth has the sizes of the 42 ears it stands for, and somewhat more than two and a half turns', () => {
  const { cochlea, canals, volumes } = truth
  expect(cochlea.a).toBeCloseTo(9.04, 0)
  expect(cochlea.b).toBeCloseTo(6.77, 0)
  expect(Math.abs(cochlea.totalAngle - 930)).toBeLessThan(24)
  expect(cochlea.basalTurnLength).toBeLessThan(cochlea.lateralWallLength)
  expect(canals.superior.radius).toBeCloseTo(3.35, 0)
  expect(volumes.reduce((sum, volume) => sum + volume)).toBeGreaterThan(165)
  expect(volumes.reduce((sum, volume) => sum + volume)).toBeLessThan(215)
})

it('lengths grow with the labyrinth, volumes with the cube, angles not at all', () => {
  const larger = truthOf(createShape({ ...meanParameters, size: 1.05 }))
  expect(larger.cochlea.a / truth.cochlea.a).toBeCloseTo(1.05, 2)
  expect(larger.cochlea.lateralWallLength / truth.cochlea.lateralWallLength).toBeCloseTo(1.05, 2)
  expect(Math.abs(larger.cochlea.totalAngle - truth.cochlea.totalAngle)).toBeLessThan(1)
  expect((larger.volumes[1] ?? 0) / (truth.volumes[1] ?? 0)).toBeCloseTo(1.05 ** 3, 2)
})

it('a case gives its measurements in LPS, a malformed one none', () => {
  const small = { field: [20, 20], finest: 0.6 } as const
  const ordinary = generateCase(5, 0, caseOptions.parse(small))
  expect(ordinary.ears[0]?.measurements()?.cochlea.a).toBeGreaterThan(7)
  const malformed = caseOptions.parse({ ...small, malformation: 'short_cochlea' })
  expect(generateCase(5, 0, malformed).ears[0]?.measurements()).toBeNull()
})
