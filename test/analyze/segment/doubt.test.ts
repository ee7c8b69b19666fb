import { expect, test } from 'vitest'
import { isDoubtful } from '../../../src/analyze/segment/segment-ear.ts'
import { uncalibrated } from '../../../src/network/calibration.ts'
import { knownCalibration } from '../../support/known-calibration.ts'

test('an ear is in doubt below the score that its own model accepts', () => {
  const calibration = { ...knownCalibration, scores: { settled: 0.784, least: 0.26 } }
  const of = (score: number) => ({ score, sideConfidence: 1, calibration })
  expect([0.77, 0.79].map((score) => isDoubtful(of(score)))).toEqual([true, false])
})

test('without a calibration the score that stands in for it counts', () => {
  const { settled } = uncalibrated.scores
  const of = (score: number) => ({ score, sideConfidence: 1, calibration: undefined })
  expect([settled - 0.01, settled].map((score) => isDoubtful(of(score)))).toEqual([true, false])
})

test('so is one whose side is not sure', () => {
  expect(isDoubtful({ score: 1, sideConfidence: 0.9 })).toBe(true)
})
