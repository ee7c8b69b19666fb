/**
 * Natural logarithms of the ratios of two parts' volumes, as the segmenter a1ab3971 sees 79 ears generated from
 * population statistics of 42 real ears; `npx tsx studies/measurements/recalibrate.ts` writes this file.
 */
export const volumeRatios = {
  cochleaToVestibule: { mean: 0.484, sd: 0.095 },
  canalsToVestibule: { mean: 0.187, sd: 0.092 },
  canalsToCochlea: { mean: -0.297, sd: 0.09 }
} as const
