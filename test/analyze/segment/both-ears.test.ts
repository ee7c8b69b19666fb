import { describe, expect, it } from 'vitest'
import { analyze } from '../../../src/analyze/analyze.ts'
import { detectEars } from '../../../src/analyze/detect/detect-ears.ts'
import type { Network } from '../../../src/analyze/model.ts'
import type { Candidate } from '../../../src/analyze/predict/candidate.ts'
import { holdBothEars, selectPlaces, sidesOfPair } from '../../../src/analyze/segment/both-ears.ts'
import type { Side } from '../../../src/core/anatomy.ts'
import { distance, identity3, rotationAbout, type Vector3 } from '../../../src/core/math/vector.ts'
import type { EarFrame } from '../../../src/ear/ear-frame.ts'
import { type EarPointId, earPointIds } from '../../../src/ear/mean-ear.ts'
import { expectedPoint, fitPoses, type Poses } from '../../../src/ear/pose.ts'
import { boneScan, groundTruthModel, type KnownEar, meanShape, turned, uprightFrame } from '../analytic-network.ts'

const right = uprightFrame('right', [-41, 3, 5])
const left = uprightFrame('left', [40, 1, 4])

/** The poses of an ear whose points lie as in the mean ear; landmarks and parts named are left out. */
function posesOf(frame: EarFrame, without: readonly EarPointId[] = []): Poses {
  const known = earPointIds.filter((id) => !without.includes(id))
  return fitPoses(new Map(known.map((id) => [id, expectedPoint(frame, id)]))) as Poses
}

/** A head upside down: what is known of how heads lie says nothing. */
const upsideDown = (frame: EarFrame): EarFrame => {
  const rotation = rotationAbout([0, 1, 0], Math.PI * 0.9)
  const [x, y, z] = frame.origin
  const cosine = Math.cos(Math.PI * 0.9)
  const sine = Math.sin(Math.PI * 0.9)
  return { ...turned(frame, rotation), origin: [cosine * x + sine * z, y, cosine * z - sine * x] }
}

const candidate = (side: Side, x: number, score: number): Candidate =>
  ({ frame: uprightFrame(side, [x, 0, 0]), score }) as Candidate

describe('the sides of a head', () => {
  it('are determined together, more reliably than each alone', () => {
    const pair = sidesOfPair(posesOf(upsideDown(left)), posesOf(upsideDown(right)))
    expect(pair?.sides).toEqual(['left', 'right'])
    expect(pair?.confidence).toBeGreaterThan(0.999)
  })

  it('are determined although one ear alone looks like one of the other side', () => {
    // Seen flat: only points nearly in one plane are known, and a right ear's fit a left one better.
    const seen = posesOf(upsideDown(right), ['semicircular_canals', 'vestibule'])
    const mistaken: Poses = { right: { ...seen.right, logLikelihood: seen.left.logLikelihood - 2 }, left: seen.left }
    expect(sidesOfPair(posesOf(upsideDown(left)), mistaken)?.sides).toEqual(['left', 'right'])
  })

  it('are not determined of two ears that are no head’s', () => {
    const near = { ...right, origin: [0, 3, 5] as Vector3 }
    expect(sidesOfPair(posesOf(left), posesOf(near))).toBeUndefined()
  })
})

describe('selectPlaces', () => {
  it('keeps a second ear of the same side where a head’s other ear may lie', () => {
    const both = [candidate('right', -40, 0.9), candidate('right', 40, 0.8)]
    expect(selectPlaces(both)).toEqual(both)
  })

  it('keeps only the best of one side elsewhere, and prefers ears of two sides', () => {
    const best = candidate('right', -40, 0.9)
    expect(selectPlaces([best, candidate('right', -10, 0.8)])).toEqual([best])
    const other = candidate('left', 40, 0.5)
    expect(selectPlaces([best, candidate('right', 38, 0.8), other])).toEqual([best, other])
  })
})

it('a head whose ears the detector takes both for right ones is found with both sides', async () => {
  const ears: KnownEar[] = [
    { frame: right, shape: meanShape },
    { frame: left, shape: meanShape }
  ]
  const seen = [ears[0] as KnownEar, { frame: uprightFrame('right', left.origin), shape: meanShape }]
  const scan = boneScan([0, 0, 0], [160, 60, 56], [0.75, 0.75, 0.75])
  const found = await analyze(scan, groundTruthModel(ears, { seenByDetector: seen }), { augmentTestTime: false })
  expect(found.ears.map(({ side }) => side).sort()).toEqual(['left', 'right'])
  for (const { side, frame } of found.ears) {
    expect(distance(frame.origin, (side === 'left' ? left : right).origin)).toBeLessThan(0.5)
  }
})

it('the search of a head ends with its second ear', async () => {
  const ears: KnownEar[] = [
    { frame: right, shape: meanShape },
    { frame: left, shape: meanShape }
  ]
  const scan = boneScan([0, 0, 0], [160, 200, 160], [0.75, 0.75, 0.75])
  const predictions = async (seenByDetector: readonly KnownEar[]): Promise<number> => {
    const { detector } = groundTruthModel(ears, { seenByDetector })
    let count = 0
    const counting: Network = { ...detector, predict: (image) => detector.predict(image).finally(() => count++) }
    await detectEars({ scan, axes: identity3, outside: 'nearest' }, counting)
    return count
  }
  expect(await predictions(ears)).toBeLessThan(await predictions(ears.slice(0, 1)))
})

describe('both ears of a head', () => {
  it('are held by a right and a left candidate as far apart as ears are, each beyond doubt', () => {
    expect(holdBothEars([candidate('right', -40, 0.8), candidate('left', 40, 0.7)])).toBe(true)
    expect(holdBothEars([candidate('right', -40, 0.8), candidate('left', 40, 0.5)])).toBe(false)
    expect(holdBothEars([candidate('left', -40, 0.8), candidate('left', 40, 0.8)])).toBe(false)
    expect(holdBothEars([candidate('right', -10, 0.8), candidate('left', 10, 0.8)])).toBe(false)
    expect(holdBothEars([candidate('right', -40, 0.8)])).toBe(false)
  })
})
