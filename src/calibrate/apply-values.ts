import type { EarFinding } from '../analyze/findings.ts'
import type { EarView } from '../analyze/segment/ear-view.ts'
import { occupancyOf, occupiedVoxels, predictionOf } from '../analyze/segment/occupancy.ts'
import { softwareVersion } from '../core/version.ts'
import { type Calibration, uncalibrated } from '../network/calibration.ts'

/** What changes measured values. */
export type ValueCalibration = Pick<Calibration, 'logitBias' | 'axisShrinkage'>

/** Placeholders for the rest of a calibration, which is not used while values are fitted. */
const provisional: Calibration = {
  fitted: { command: 'under way', seed: 0, ears: 1, software: softwareVersion },
  ...uncalibrated,
  deviations: {},
  volumeRatios: {
    cochleaToVestibule: { mean: 0, sd: 1 },
    canalsToVestibule: { mean: 0, sd: 1 },
    canalsToCochlea: { mean: 0, sd: 1 }
  }
}

/** An uncalibrated ear as it is measured with these values. */
export function applyValues(ear: EarFinding, values: ValueCalibration): EarFinding {
  const calibrated = <V extends EarView>(view: V): V => {
    const prediction = predictionOf(view.occupancy, uncalibrated.logitBias)
    const occupancy = occupancyOf(prediction, occupiedVoxels(view.occupancy), values.logitBias)
    return { ...view, occupancy, calibration: { ...provisional, ...values } }
  }
  return { ...calibrated(ear), repeats: ear.repeats.map(calibrated) }
}
