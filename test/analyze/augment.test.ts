import { describe, expect, it } from 'vitest'
import { augmentOutline } from '../../src/analyze/augment.ts'
import { labelsOnScan } from '../../src/analyze/labels.ts'
import type { Network } from '../../src/analyze/model.ts'
import { look, type Outline } from '../../src/analyze/outline.ts'
import { geometryAround } from '../../src/core/geometry.ts'
import { createRandom } from '../../src/core/random.ts'
import { distance, rotationAbout } from '../../src/core/vector.ts'
import { dice } from '../../src/evaluate/metrics/dice.ts'
import { countOverlap } from '../../src/evaluate/metrics/overlap.ts'
import {
  boneScan,
  knowingNetwork,
  meanShape,
  outlinerMetadata,
  trueLabels,
  trueLandmarks,
  turned,
  uprightFrame
} from './analytic-network.ts'

describe('test-time augmentation', () => {
  const frame = turned(uprightFrame('left', [4, -3, 2]), rotationAbout([0, 0, 1], 0.2))
  const ear = { frame, shape: meanShape }
  const scan = boneScan([4, -3, 2], [70, 70, 70], [0.45, 0.45, 0.45])
  const grid = geometryAround([4, -3, 2], [60, 60, 60], [0.4, 0.4, 0.4], scan.geometry.direction)

  /** One look and the mean of several through the same network. */
  async function bothWays(network: Network): Promise<{ one: Outline; mean: Outline }> {
    const one = (await look(scan, network, frame)) as Outline
    return { one, mean: await augmentOutline(scan, network, one) }
  }

  function overlap({ answer, reading }: Outline): number {
    const box = labelsOnScan(answer, reading.mask, grid)
    if (box === undefined) return 0
    return dice(countOverlap(box.data, trueLabels(ear, box.geometry)))
  }

  it('answers nearly as one look does when every look says the same', async () => {
    const { one, mean } = await bothWays(knowingNetwork(outlinerMetadata, [ear]))
    expect(mean.frame.side).toBe('left')
    // Answers from other frames are interpolated, which costs thin canals a little.
    expect(overlap(mean)).toBeGreaterThan(overlap(one) - 0.02)
    trueLandmarks(ear).forEach((place, n) => {
      const landmark = mean.reading.landmarks[n]
      expect(landmark?.status === 'defined' ? distance(landmark.position, place) : Infinity).toBeLessThan(0.1)
    })
  }, 120_000)

  it('comes nearer to the truth than one look when looks err independently', async () => {
    const { one, mean } = await bothWays(erring(knowingNetwork(outlinerMetadata, [ear])))
    expect(overlap(mean)).toBeGreaterThan(overlap(one) + 0.01)
  }, 120_000)
})

/** Every look is wrong in its own way: errors of the evidence (logits) and of the heatmaps that no two looks share. */
function erring(network: Network): Network {
  let looks = 0
  return {
    ...network,
    async answer(image) {
      const random = createRandom(7, looks++)
      const { geometry, evidence, heatmaps } = await network.answer(image)
      const noisy = (sd: number) => (map: Float32Array) => map.map((value) => value + random.normal(0, sd))
      return { geometry, evidence: evidence.map(noisy(4)), heatmaps: heatmaps.map(noisy(0.05)) }
    }
  }
}
