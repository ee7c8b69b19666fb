import { describe, expect, it } from 'vitest'
import { labelsOnScan } from '../../src/analyze/labels.ts'
import { lookAgain } from '../../src/analyze/look-again.ts'
import type { Network } from '../../src/analyze/model.ts'
import { look, type Outline } from '../../src/analyze/outline.ts'
import { geometryAround } from '../../src/core/geometry.ts'
import type { ProgressEvent } from '../../src/core/progress.ts'
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

describe('looking again', () => {
  const frame = turned(uprightFrame('left', [4, -3, 2]), rotationAbout([0, 0, 1], 0.2))
  const ear = { frame, shape: meanShape }
  const scan = boneScan([4, -3, 2], [70, 70, 70], [0.45, 0.45, 0.45])
  const grid = geometryAround([4, -3, 2], [60, 60, 60], [0.4, 0.4, 0.4], scan.geometry.direction)

  /** One look, and what several through the same network tell: landmarks from the mean, and outlines too. */
  async function allWays(network: () => Network): Promise<{ one: Outline; settled: Outline; mean: Outline }> {
    const settle = async (augment: boolean): Promise<{ one: Outline; outline: Outline }> => {
      const seeing = network()
      const one = (await look(scan, seeing, frame)) as Outline
      return { one, outline: (await lookAgain(scan, seeing, one, { augment })).outline }
    }
    const { one, outline } = await settle(false)
    return { one, settled: outline, mean: (await settle(true)).outline }
  }

  function overlap({ answer, reading }: Outline): number {
    const box = labelsOnScan(answer, reading.mask, grid)
    if (box === undefined) return 0
    return dice(countOverlap(box.data, trueLabels(ear, box.geometry)))
  }

  function landmarkErrors({ reading }: Outline): number[] {
    return trueLandmarks(ear).map((place, n) => {
      const landmark = reading.landmarks[n]
      return landmark?.status === 'defined' ? distance(landmark.position, place) : Infinity
    })
  }

  it.each(['left', 'right'] as const)(
    'shows a %s ear from four other frames, and counts five more looks',
    async (side) => {
      const upright = uprightFrame(side, [4, -3, 2])
      const network = knowingNetwork(outlinerMetadata, [{ frame: upright, shape: meanShape }])
      const one = { ...((await look(scan, network, upright)) as Outline), sideConfidence: 0.7 }
      const told: ProgressEvent[] = []
      const { outline, repeats } = await lookAgain(scan, network, one, { progress: (event) => told.push(event) })
      expect(repeats.map((sighting) => sighting.frame.side)).toEqual([side, side, side, side])
      expect(outline.sideConfidence).toBe(0.7)
      expect(told.map(({ done }) => done)).toEqual([0, 1, 2, 3, 4, 5])
      expect(told.at(-1)).toMatchObject({ stage: `looking again at the ${side} ear`, total: 5 })
    },
    120_000
  )

  it('stops between two looks when it is told to', async () => {
    const network = knowingNetwork(outlinerMetadata, [ear])
    const one = (await look(scan, network, frame)) as Outline
    const stop = new AbortController()
    const progress = ({ done }: ProgressEvent): void => {
      if (done === 1) stop.abort(new Error('enough'))
    }
    await expect(lookAgain(scan, network, one, { progress, signal: stop.signal })).rejects.toThrow('enough')
  }, 120_000)

  it('answers nearly as one look does when every look says the same', async () => {
    const { one, settled, mean } = await allWays(() => knowingNetwork(outlinerMetadata, [ear]))
    expect(mean.frame.side).toBe('left')
    // Answers from other frames are interpolated, which costs thin canals a little.
    expect(overlap(mean)).toBeGreaterThan(overlap(one) - 0.02)
    for (const off of landmarkErrors(settled)) expect(off).toBeLessThan(0.1)
    expect(settled.answer.evidence).toBe(one.answer.evidence)
  }, 120_000)

  it('comes nearer to the truth than one look when looks err independently', async () => {
    const { one, settled, mean } = await allWays(() => erring(knowingNetwork(outlinerMetadata, [ear])))
    const total = (errors: readonly number[]): number => errors.reduce((sum, mm) => sum + mm)
    expect(total(landmarkErrors(settled))).toBeLessThan(0.7 * total(landmarkErrors(one)))
    expect(overlap(settled)).toBeCloseTo(overlap(one), 2)
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
