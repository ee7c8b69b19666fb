import { describe, expect, it } from 'vitest'
import type { Network } from '../../../src/analyze/model.ts'
import { labelsOnScan } from '../../../src/analyze/segment/labels-on-scan.ts'
import { type Segmentation, segmentFrom } from '../../../src/analyze/segment/segment-ear.ts'
import { augmentTestTime } from '../../../src/analyze/segment/test-time-augmentation.ts'
import { geometryAround } from '../../../src/core/geometry/geometry.ts'
import { createRandom } from '../../../src/core/math/random.ts'
import { distance, rotationAbout } from '../../../src/core/math/vector.ts'
import { dice } from '../../../src/core/metrics/dice.ts'
import { countOverlap } from '../../../src/core/metrics/overlap.ts'
import type { ProgressEvent } from '../../../src/core/progress.ts'
import {
  boneScan,
  knowingNetwork,
  meanShape,
  segmenterMetadata,
  trueLabels,
  trueLandmarks,
  turned,
  uprightFrame
} from '../analytic-network.ts'

describe('test-time augmentation', () => {
  const frame = turned(uprightFrame('left', [4, -3, 2]), rotationAbout([0, 0, 1], 0.2))
  const ear = { frame, shape: meanShape }
  const scan = boneScan([4, -3, 2], [70, 70, 70], [0.45, 0.45, 0.45])
  const grid = geometryAround([4, -3, 2], [60, 60, 60], [0.4, 0.4, 0.4], scan.geometry.direction)

  /** One segmentFrom, and what several through the same network tell: landmarks from the mean, and outlines too. */
  async function allWays(
    network: () => Network
  ): Promise<{ one: Segmentation; settled: Segmentation; mean: Segmentation }> {
    const settle = async (augmentOutlines: boolean): Promise<{ one: Segmentation; segmentation: Segmentation }> => {
      const seeing = network()
      const one = (await segmentFrom(scan, seeing, frame)) as Segmentation
      return { one, segmentation: (await augmentTestTime(scan, seeing, one, { augmentOutlines })).segmentation }
    }
    const { one, segmentation } = await settle(false)
    return { one, settled: segmentation, mean: (await settle(true)).segmentation }
  }

  function overlap({ prediction, readOut }: Segmentation): number {
    const box = labelsOnScan(prediction, readOut.mask, grid)
    if (box === undefined) return 0
    return dice(countOverlap(box.data, trueLabels(ear, box.geometry)))
  }

  function landmarkErrors({ readOut }: Segmentation): number[] {
    return trueLandmarks(ear).map((place, n) => {
      const landmark = readOut.landmarks[n]
      return landmark?.status === 'defined' ? distance(landmark.position, place) : Infinity
    })
  }

  it.each(['left', 'right'] as const)(
    'shows a %s ear from four other frames, and counts five more views',
    async (side) => {
      const upright = uprightFrame(side, [4, -3, 2])
      const network = knowingNetwork(segmenterMetadata, [{ frame: upright, shape: meanShape }])
      const one = { ...((await segmentFrom(scan, network, upright)) as Segmentation), sideConfidence: 0.7 }
      const told: ProgressEvent[] = []
      const { segmentation, repeats } = await augmentTestTime(scan, network, one, {
        progress: (event) => told.push(event)
      })
      expect(repeats.map((view) => view.frame.side)).toEqual([side, side, side, side])
      expect(segmentation.sideConfidence).toBe(0.7)
      expect(told.map(({ done }) => done)).toEqual([0, 1, 2, 3, 4, 5])
      expect(told.at(-1)).toMatchObject({ stage: `test-time augmentation of the ${side} ear`, total: 5 })
    }
  )

  it('stops between two views when its signal is aborted', async () => {
    const network = knowingNetwork(segmenterMetadata, [ear])
    const one = (await segmentFrom(scan, network, frame)) as Segmentation
    const stop = new AbortController()
    const progress = ({ done }: ProgressEvent): void => {
      if (done === 1) stop.abort(new Error('enough'))
    }
    await expect(augmentTestTime(scan, network, one, { progress, signal: stop.signal })).rejects.toThrow('enough')
  })

  it('predicts nearly as one view does when every view says the same', async () => {
    const { one, settled, mean } = await allWays(() => knowingNetwork(segmenterMetadata, [ear]))
    expect(mean.frame.side).toBe('left')
    // Answers from other frames are interpolated, which costs thin canals a little.
    expect(overlap(mean)).toBeGreaterThan(overlap(one) - 0.02)
    for (const off of landmarkErrors(settled)) expect(off).toBeLessThan(0.1)
    expect(overlap(settled)).toBeGreaterThan(overlap(one) - 0.02)
  })

  it('comes nearer to the truth than one view when views err independently', async () => {
    const { one, settled, mean } = await allWays(() => erring(knowingNetwork(segmenterMetadata, [ear])))
    const total = (errors: readonly number[]): number => errors.reduce((sum, mm) => sum + mm)
    expect(total(landmarkErrors(settled))).toBeLessThan(0.7 * total(landmarkErrors(one)))
    expect(overlap(settled)).toBeGreaterThan(overlap(one) + 0.03)
    expect(overlap(mean)).toBeGreaterThan(overlap(one) + 0.01)
  })
})

/** Every view is wrong in its own way: errors of the logits and of the heatmaps that no two views share. */
function erring(network: Network): Network {
  let views = 0
  return {
    ...network,
    async predict(image) {
      const random = createRandom(7, views++)
      const { geometry, logits, heatmaps } = await network.predict(image)
      const noisy = (sd: number) => (map: Float32Array) => map.map((value) => value + random.normal(0, sd))
      return { geometry, logits: logits.map(noisy(4)), heatmaps: heatmaps.map(noisy(0.05)) }
    }
  }
}
