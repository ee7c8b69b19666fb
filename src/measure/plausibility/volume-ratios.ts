/**
 * Natural logarithms of the ratios of two parts' volumes, as the outliner c8fa1e4e sees 80 ears generated from
 * population statistics of 42 real ears; `npx tsx studies/measurements/recalibrate.ts` writes this file.
 */
export const volumeRatios = {
  cochleaToVestibule: { mean: 0.492, sd: 0.094 },
  canalsToVestibule: { mean: 0.167, sd: 0.09 },
  canalsToCochlea: { mean: -0.325, sd: 0.089 }
} as const
