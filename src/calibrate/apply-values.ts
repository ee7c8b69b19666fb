import type { EarFinding } from '../analyze/findings.ts'
import type { EarView } from '../analyze/segment/ear-view.ts'
import { logitsOf, occupancyOf } from '../analyze/segment/occupancy.ts'
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
    const { geometry } = view.occupancy
    const logits = logitsOf(view.occupancy, uncalibrated.logitBias)
    const mask = Uint8Array.from(logits[0] ?? [], (_, at) => (view.occupancy.parts.some((part) => part[at]) ? 1 : 0))
    const occupancy = occupancyOf({ geometry, logits, heatmaps: [] }, mask, values.logitBias)
    return { ...view, occupancy, calibration: { ...provisional, ...values } }
  }
  return { ...calibrated(ear), repeats: ear.repeats.map(calibrated) }
}
