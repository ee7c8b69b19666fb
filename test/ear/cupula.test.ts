import { describe, expect, it } from 'vitest'
import { cupula, meanCupula } from '../../src/ear/cupula.ts'
import { meanWall } from '../../src/ear/mean-spiral.ts'
import { type TubeShape, tubeShares } from '../../src/ear/tube-model.ts'

const far = meanWall(180)
const tube: TubeShape = {
  totalAngle: 945,
  scale: 1,
  upperScale: 1,
  lift: 1,
  farHeight: far.height,
  shift: [0, 0],
  apexShift: [0, 0],
  slant: [0, 0],
  hollow: 1
}

/** The share of a place some mm below the hollow's top and beside the modiolar axis. */
const shareAt = (below: number, beside: number, shape: TubeShape): number =>
  tubeShares(shape, Float64Array.of(beside, 0, meanCupula.top - below))[0] as number

describe('the hollow under the cupula', () => {
  it('is 2.4 to 3 mm across 0.4 mm below its top, as in CT of real ears', () => {
    const half = cupula.depth.mean / 2
    const across = 2 * meanCupula.radius * Math.sqrt(1 - ((half - 0.4) / half) ** 2)
    expect(across).toBeGreaterThan(2.4)
    expect(across).toBeLessThan(3)
  })

  it('is lumen about the modiolar axis, where the turns alone leave a gap, as far down as it is deep', () => {
    const none = { ...tube, hollow: 0 }
    expect(shareAt(0.2, 0, none)).toBeLessThan(0.5)
    expect(shareAt(0.2, 0, tube)).toBeGreaterThan(0.75)
    expect(shareAt(1, -0.8, tube)).toBeLessThan(0.5)
    expect(shareAt(1, -0.8, { ...tube, hollow: 1.4 })).toBeGreaterThan(0.85)
  })

  it('becomes wider and higher with the upper turns', () => {
    expect(shareAt(0.5, 1.6, { ...tube, upperScale: 1.2 })).toBeGreaterThan(shareAt(0.5, 1.6, tube) + 0.1)
    expect(shareAt(-0.3, 0, { ...tube, lift: 1.2 })).toBeGreaterThan(shareAt(-0.3, 0, tube) + 0.3)
  })
})
