import { describe, expect, it } from 'vitest'
import { judge, selectEars } from '../../../src/analyze/predict/candidate.ts'
import type { Prediction } from '../../../src/analyze/predict/prediction.ts'
import type { Side } from '../../../src/core/anatomy.ts'
import { distance, rotationAbout, type Vector3 } from '../../../src/core/math/vector.ts'
import type { EarFrame } from '../../../src/ear/ear-frame.ts'
import { createShape } from '../../../src/generate/anatomy/create-shape.ts'
import type { LabyrinthShape } from '../../../src/generate/anatomy/shape.ts'
import { meanParameters } from '../../../src/generate/sample/shape-parameters.ts'
import {
  boneScan,
  detectorMetadata,
  knowingNetwork,
  meanShape,
  trueLandmarks,
  turned,
  uprightFrame
} from '../analytic-network.ts'

const frame = turned(uprightFrame('left', [3, 2, 1]), rotationAbout([0, 0.6, 0.8], 0.5))
const sigma = detectorMetadata.heatmapSigma
const { geometry } = boneScan([0, 0, 0], [48, 48, 48], [0.8, 0.8, 0.8])
const image = { geometry, data: new Float32Array(48 ** 3) }

async function predictionFor(shape: LabyrinthShape): Promise<Prediction> {
  return knowingNetwork(detectorMetadata, [{ frame, shape }]).predict(image)
}

const scaled = (size: number): LabyrinthShape => createShape({ ...meanParameters, size })

describe('judge', () => {
  it('takes an ear of ordinary size and shape for one', async () => {
    const candidate = judge(await predictionFor(meanShape), sigma) ?? expect.unreachable()
    expect(candidate.frame.side).toBe('left')
    expect(distance(candidate.frame.origin, frame.origin)).toBeLessThan(0.3)
    expect(candidate.sideConfidence).toBeGreaterThan(0.99)
    expect(candidate.score).toBeGreaterThan(0.9)
  })

  it('refuses what is far too small or too large', async () => {
    expect(judge(await predictionFor(scaled(0.5)), sigma)).toBeUndefined()
    expect(judge(await predictionFor(scaled(1.6)), sigma)).toBeUndefined()
  })

  it('refuses an ear-sized thing whose landmarks lie anywhere', async () => {
    const scattered = {
      ...meanShape,
      helicotrema: [4, -4, 3],
      ovalWindow: [-1, -3, 4],
      roundWindow: [-5, 4, -4]
    } as const
    expect(judge(await predictionFor(scattered), sigma)).toBeUndefined()
  })

  it('finds a landmark in its place although a stronger peak stands elsewhere', async () => {
    const prediction = await predictionFor(meanShape)
    const elsewhere = await predictionFor({ ...meanShape, helicotrema: [1.5, -7.4, 2] })
    const [weak, strong] = [prediction.heatmaps[0], elsewhere.heatmaps[0]] as [Float32Array, Float32Array]
    const both = weak.map((value, at) => 0.8 * value + (strong[at] as number))
    const misled = { ...prediction, heatmaps: [both, ...prediction.heatmaps.slice(1)] }
    const candidate = judge(misled, sigma) ?? expect.unreachable()
    const [helicotrema] = candidate.readOut.landmarks
    const truth = trueLandmarks({ frame, shape: meanShape })[0] as Vector3
    expect(helicotrema?.status === 'defined' ? distance(helicotrema.position, truth) : Infinity).toBeLessThan(0.1)
    expect(helicotrema?.confidence).toBeLessThan(0.5)
    expect(candidate.frame.side).toBe('left')
  })
})

const place = (side: Side, x: number, score: number): { frame: EarFrame; score: number } => ({
  frame: uprightFrame(side, [x, 0, 0]),
  score
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
    expect(selectEars([place('right', 38, 0.8), best])).toEqual([best])
  })

  it('does not keep a second ear that is much less credible than the first', () => {
    const best = place('left', 40, 0.9)
    expect(selectEars([best, place('right', -40, 0.2)])).toEqual([best])
  })
})
