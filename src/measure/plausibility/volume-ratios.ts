/**
 * Natural logarithms of the ratios of two parts' volumes, as the default model outlines 80 ears generated from
 * population statistics of 42 real ears; `npx tsx studies/measurements/recalibrate.ts` writes this file.
 */
export const volumeRatios = {
  cochleaToVestibule: { mean: 0.456, sd: 0.066 },
  canalsToVestibule: { mean: 0.157, sd: 0.076 },
  canalsToCochlea: { mean: -0.299, sd: 0.069 }
} as const
