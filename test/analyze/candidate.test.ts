import { describe, expect, it } from 'vitest'
import { judge, selectEars } from '../../src/analyze/candidate.ts'
import { type EarPointId, meanEar } from '../../src/analyze/mean-ear.ts'
import type { Reading } from '../../src/analyze/reading.ts'
import { landmarkKinds, type Side } from '../../src/core/anatomy.ts'
import type { Vector3 } from '../../src/core/vector.ts'
import { uprightFrame } from './analytic-network.ts'

/** A reading of a right ear upright in its own axes, every point moved by `error` mm one way or the other. */
function reading(volume: number, error = 0): Reading {
  const ids = Object.keys(meanEar) as EarPointId[]
  const points = ids.map((id, n): [EarPointId, Vector3] => {
    const [x, y, z] = meanEar[id]
    return [id, [x + (n % 2 === 0 ? error : -error), y, z]]
  })
  const landmarks = landmarkKinds.map(({ id }) => ({
    id,
    status: 'defined' as const,
    position: meanEar[id],
    confidence: 0.8
  }))
  return { blob: { id: 1, volume, center: [0, 0, 0] }, mask: new Uint8Array(0), landmarks, points: new Map(points) }
}

const place = (side: Side, x: number, score: number): { frame: ReturnType<typeof uprightFrame>; score: number } => ({
  frame: uprightFrame(side, [x, 0, 0]),
  score
})

describe('judge', () => {
  it('takes an ear of ordinary size and shape for one', () => {
    const candidate = judge(reading(190))
    expect(candidate?.frame.side).toBe('right')
    expect(candidate?.score).toBeCloseTo(0.8, 6)
  })

  it('believes an ear less the farther it is from the mean ear, and not at all beyond 2 mm', () => {
    expect(judge(reading(190, 0.7))?.score).toBeLessThan(0.8)
    expect(judge(reading(190, 4))).toBeUndefined()
  })

  it('refuses what is far too small or too large, and what has too few points', () => {
    expect(judge(reading(30))).toBeUndefined()
    expect(judge(reading(900))).toBeUndefined()
    expect(judge({ ...reading(190), points: new Map([['cochlea', [0, 0, 0]]]) })).toBeUndefined()
  })
})

describe('selectEars', () => {
  it('keeps the best right and the best left ear', () => {
    const best = place('right', -40, 0.9)
    const other = place('left', 41, 0.8)
    expect(selectEars([place('right', 0, 0.5), other, place('left', 90, 0.7), best])).toEqual([best, other])
  })

  it('keeps one ear where a right and a left one are seen at the same place', () => {
    const best = place('left', 10, 0.9)
    expect(selectEars([place('right', 12, 0.8), best])).toEqual([best])
  })

  it('does not keep a second ear that is much less credible than the first', () => {
    const best = place('left', 40, 0.9)
    expect(selectEars([best, place('right', -40, 0.2)])).toEqual([best])
  })
})
