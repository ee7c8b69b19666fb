import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom, type Random, randomDirection, randomRotation } from '../../src/core/math/random.ts'
import {
  add,
  determinant,
  distance,
  multiply,
  rotationAbout,
  scale,
  transform,
  type Vector3
} from '../../src/core/math/vector.ts'
import { type EarFrame, meanDirection } from '../../src/ear/ear-frame.ts'
import { type EarPointId, meanEar } from '../../src/ear/mean-ear.ts'
import { betterSide, fitPoses, type Poses, sideConfidence } from '../../src/ear/pose.ts'
import { turned, uprightFrame } from '../analyze/analytic-network.ts'

const ids = Object.keys(meanEar) as EarPointId[]

function pointsOf({ origin, direction }: EarFrame, known: readonly EarPointId[] = ids): Map<EarPointId, Vector3> {
  return new Map(known.map((id) => [id, add(origin, transform(direction, meanEar[id]))]))
}

const sides = ['left', 'right'] as const

/** The points of an ear, one of them 10 to 16 mm from its place. */
function withOneAstray(frame: EarFrame, wrong: EarPointId, random: Random): Map<EarPointId, Vector3> {
  const points = pointsOf(frame)
  return points.set(wrong, add(points.get(wrong) as Vector3, scale(randomDirection(random), random.uniform(10, 16))))
}

describe('fitPoses', () => {
  it('recovers side, place and axes of a mean ear turned any way', () => {
    fc.assert(
      fc.property(fc.integer(), fc.boolean(), (seed, left) => {
        const random = createRandom(seed)
        const origin: Vector3 = [random.uniform(-90, 90), random.uniform(-90, 90), random.uniform(-900, 900)]
        const frame = turned(uprightFrame(left ? 'left' : 'right', origin), randomRotation(random))
        const poses = fitPoses(pointsOf(frame)) as Poses
        const found = poses[betterSide(poses)]
        expect(found.frame.side).toBe(frame.side)
        expect(found.residual).toBeLessThan(1e-9)
        expect(distance(found.frame.origin, origin)).toBeLessThan(1e-9)
        found.frame.direction.forEach((cosine, n) => {
          expect(cosine).toBeCloseTo(frame.direction[n] as number, 9)
        })
        expect(sideConfidence(poses, frame.side)).toBeGreaterThan(0.99)
      })
    )
  })

  it('gives right-handed axes to a right ear and left-handed axes to a left one, whatever fits better', () => {
    const poses = fitPoses(pointsOf(uprightFrame('left', [30, 0, 0]))) as Poses
    expect(determinant(poses.left.frame.direction)).toBeCloseTo(-1, 12)
    expect(determinant(poses.right.frame.direction)).toBeCloseTo(1, 12)
    expect(poses.right.residual).toBeGreaterThan(0.9)
    expect(poses.right.logLikelihood).toBeLessThan(-8)
  })

  it('needs four points to distinguish the sides', () => {
    const frame = uprightFrame('right', [0, 0, 0])
    expect(fitPoses(pointsOf(frame, ['helicotrema', 'oval_window', 'round_window']))).toBeUndefined()
    const poses = fitPoses(pointsOf(frame, ['helicotrema', 'oval_window', 'round_window', 'cochlea'])) as Poses
    expect(betterSide(poses)).toBe('right')
  })

  it('is not led astray by one point that is somewhere else, however the ear is turned', () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom(...ids), (seed, wrong) => {
        const random = createRandom(seed)
        const frame = turned(uprightFrame('left', [30, 20, 10]), randomRotation(random))
        const poses = fitPoses(withOneAstray(frame, wrong, random)) as Poses
        // The points' own likelihood: how heads lie may speak for the other side of an ear that lies anyhow.
        expect(poses.left.logLikelihood).toBeGreaterThan(poses.right.logLikelihood)
        expect(distance(poses.left.frame.origin, frame.origin)).toBeLessThan(0.6)
      })
    )
  })

  it('determines the side of a head as it lies in a scanner with one point somewhere else', () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom(...ids), fc.constantFrom(...sides), (seed, wrong, side) => {
        const random = createRandom(seed)
        const turn = rotationAbout(randomDirection(random), random.uniform(0, 0.3))
        const frame = turned({ side, origin: [30, 20, 10], direction: meanDirection[side] }, turn)
        expect(betterSide(fitPoses(withOneAstray(frame, wrong, random)) as Poses)).toBe(side)
      })
    )
  })

  it('determines the side of flat points by how heads lie', () => {
    for (const side of sides) {
      const points = pointsOf({ side, origin: [0, 0, 0], direction: meanDirection[side] })
      for (const id of ['vestibule', 'cochlea'] as const) points.delete(id)
      const poses = fitPoses(points) as Poses
      expect(poses[side].logPrior).toBeGreaterThan(poses[side === 'left' ? 'right' : 'left'].logPrior)
      expect(betterSide(poses)).toBe(side)
    }
  })

  it('is in doubt of the side when all points lie in one plane', () => {
    const flat = new Map(ids.map((id): [EarPointId, Vector3] => [id, [meanEar[id][0], meanEar[id][1], 0]]))
    const poses = fitPoses(flat) as Poses
    expect(sideConfidence(poses, 'right')).toBeCloseTo(0.5, 6)
  })

  it('turns with the points', () => {
    const frame = uprightFrame('right', [4, 5, 6])
    const rotation = randomRotation(createRandom(3))
    const before = (fitPoses(pointsOf(frame)) as Poses).left.frame.direction
    const moved = new Map([...pointsOf(frame)].map(([id, point]) => [id, transform(rotation, point)]))
    const after = (fitPoses(moved) as Poses).left.frame.direction
    multiply(rotation, before).forEach((cosine, n) => {
      expect(after[n]).toBeCloseTo(cosine, 9)
    })
  })
})
