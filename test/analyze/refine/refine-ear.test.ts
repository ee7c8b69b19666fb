import { describe, expect, it } from 'vitest'
import type { Prediction } from '../../../src/analyze/predict/prediction.ts'
import { type RefinedEar, refineEar } from '../../../src/analyze/refine/refine-ear.ts'
import { sampleScan } from '../../../src/analyze/refine/sample-scan.ts'
import { labelsOnScan } from '../../../src/analyze/segment/labels-on-scan.ts'
import type { Geometry } from '../../../src/core/geometry/geometry.ts'
import { rotationAbout } from '../../../src/core/math/vector.ts'
import { dice } from '../../../src/core/metrics/dice.ts'
import { countOverlap } from '../../../src/core/metrics/overlap.ts'
import type { Scan } from '../../../src/core/volume.ts'
import {
  boneScan,
  everywhere,
  meanShape,
  scanOfLabels,
  segmenterPrediction,
  trueLabels,
  turned,
  uprightFrame
} from '../analytic-network.ts'

const frame = turned(uprightFrame('right', [4, -3, 2]), rotationAbout([0, 0, 1], 0.2))
const ear = { frame, shape: meanShape }
const uniform = boneScan([4, -3, 2], [100, 100, 100], [0.2, 0.2, 0.2])
const seen = await segmenterPrediction(ear)
/** A network that sees the ear 0.15 mm too large all round. */
const tooLarge: Prediction = { ...seen, logits: seen.logits.map((part) => part.map((logit) => logit + 1.5)) }
const all = everywhere(seen.geometry)
const truth = trueLabels(ear, uniform.geometry)

/** The ear's inside and its bone in these greys, blurred as by a sharp kernel. */
function scanOf(inside: number, bone: number): Scan {
  return scanOfLabels(truth, uniform.geometry, { inside, bone, sd: 0.7 })
}

function overlap({ prediction, mask }: { prediction: Prediction; mask: Uint8Array }, scan: Geometry): number {
  const box = labelsOnScan(prediction, mask, scan)
  if (box === undefined) return 0
  const inBox = trueLabels(ear, box.geometry)
  const isEar = (labels: Uint8Array): Uint8Array => labels.map((label) => (label === 0 ? 0 : 1))
  return dice(countOverlap(isEar(box.data), isEar(inBox)))
}

function refineBy(scan: Scan): RefinedEar | undefined {
  const samples = sampleScan(tooLarge, all, scan)
  return samples && refineEar(tooLarge, all, samples)
}

describe('refineEar', () => {
  const scan = scanOf(100, 2000)
  const coarse = overlap({ prediction: tooLarge, mask: all }, scan.geometry)

  it('finds the boundary in the scan where the network sees the ear too large', () => {
    const refined = refineBy(scan) ?? expect.unreachable()
    expect(coarse).toBeLessThan(0.93)
    expect(overlap(refined, scan.geometry)).toBeGreaterThan(0.97)
  })

  it.each([
    ['half the contrast and an offset', 350, 1300],
    ['an ear full of air', -900, 2000]
  ])('serves any linear scale of greys: %s', (_, inside, bone) => {
    const other = scanOf(inside, bone)
    const refined = refineBy(other) ?? expect.unreachable()
    expect(overlap(refined, other.geometry)).toBeGreaterThan(0.97)
  })

  it("keeps the network's boundary where the scan shows no difference", () => {
    const refined = refineBy(uniform) ?? expect.unreachable()
    expect(Math.abs(overlap(refined, uniform.geometry) - coarse)).toBeLessThan(0.01)
  })

  it('leaves out air beside an ear full of fluid', () => {
    const leaking = { ...scan, data: scan.data.map((grey, at) => (grey > 1400 && at % 100 > 60 ? -900 : grey)) }
    const refined = refineBy(leaking) ?? expect.unreachable()
    const box = labelsOnScan(refined.prediction, refined.mask, uniform.geometry) ?? expect.unreachable()
    expect(box.data.some((label) => label !== 0)).toBe(true)
    expect(overlap(refined, uniform.geometry)).toBeGreaterThan(coarse)
  })

  it('is undefined for an ear outside the scan', () => {
    const elsewhere = boneScan([200, 0, 0], [20, 20, 20], [0.5, 0.5, 0.5])
    expect(refineBy(elsewhere)).toBeUndefined()
  })
})
