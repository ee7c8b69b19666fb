import type { Calibration } from '../../src/network/calibration.ts'

/** A calibration like that of the shipped weights, with deviations of two measurements. */
export const knownCalibration: Calibration = {
  fitted: { command: 'by hand', seed: 1, ears: 79, software: '0.0.0' },
  logitBias: 1,
  axisShrinkage: 0.25,
  scores: { settled: 0.75, least: 0.25 },
  deviations: { cochlea_volume: 2.3, a_value: 0.058 },
  volumeRatios: {
    cochleaToVestibule: { mean: 0.484, sd: 0.095 },
    canalsToVestibule: { mean: 0.187, sd: 0.092 },
    canalsToCochlea: { mean: -0.297, sd: 0.09 }
  }
}
