import { describe, expect, it } from 'vitest'
import { registerBone } from '../../../src/analyze/register/register-bone.ts'
import { registrationLimits } from '../../../src/analyze/register/take-from-before.ts'
import {
  type Affine,
  applyAffine,
  composeAffine,
  geometryAround,
  invertAffine
} from '../../../src/core/geometry/geometry.ts'
import { distance, identity3, normalize, rotationAbout, type Vector3 } from '../../../src/core/math/vector.ts'
import { cellsOf, scanOfBone } from '../../support/bone.ts'

const grid = geometryAround([0, 0, 0], [56, 56, 56], [0.5, 0.5, 0.5], identity3)
const other = geometryAround([4, -2, 1], [46, 50, 48], [0.6, 0.55, 0.6], identity3)
const cells = cellsOf(4)
const before = scanOfBone(grid, cells, (place) => place)

/** From the first scan's world to the second's. */
const truth: Affine = { matrix: rotationAbout(normalize([1, -2, 1]), 0.25), offset: [4, -2, 1] }
const back = invertAffine(truth)
const inBone = (place: Vector3): Vector3 => applyAffine(back, place)
const metal = Array.from({ length: 12 }, (_, n): Vector3 => [3 * Math.cos(n), 3 * Math.sin(n), 0.3 * n])
const after = scanOfBone(other, cells, inBone, undefined, metal)

/** About 2.5 mm and 8° off. */
const start = composeAffine({ matrix: rotationAbout([0, 0, 1], 0.14), offset: [1.5, -1.5, 1.2] }, truth)

describe('a bone in two scans', () => {
  it('is brought from one to the other within a tenth of a mm, though there is metal in it now', () => {
    const found = registerBone(before, after, [0, 0, 0], start) ?? expect.unreachable()
    for (const place of [
      [0, 0, 0],
      [5, 0, 0],
      [0, -5, 0],
      [0, 0, 5]
    ] as const) {
      expect(distance(applyAffine(found.map, place), applyAffine(truth, place))).toBeLessThan(0.1)
    }
    expect(found.residual).toBeLessThan(registrationLimits.residual)
    expect(found.correlation).toBeGreaterThan(registrationLimits.correlation)
  })

  it('that is another one shows by how far its edges are apart', () => {
    const otherScan = scanOfBone(other, cellsOf(5), inBone)
    const found = registerBone(before, otherScan, [0, 0, 0], start)
    const { residual, correlation } = found ?? { residual: 9, correlation: 0 }
    expect(residual).toBeGreaterThan(registrationLimits.residual)
    expect(correlation).toBeLessThan(registrationLimits.correlation)
  })

  it('of which nothing is seen in both is not brought anywhere', () => {
    const away: Affine = { matrix: identity3, offset: [60, 0, 0] }
    expect(registerBone(before, after, [0, 0, 0], away)).toBeUndefined()
  })
})
