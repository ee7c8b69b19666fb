import type { TrainingConfiguration } from './configuration.ts'

/**
 * The learning rate of a step: a linear warm-up to the peak, then a fall to `final` × peak at the last step, along half
 * a cosine (Loshchilov & Hutter 2017) or a polynomial (as in nnU-Net, Isensee et al. 2021: power 0.9).
 * @param step counted from 0
 */
export function learningRateAt({ schedule, steps }: TrainingConfiguration, step: number): number {
  const { peak, warmUp, final } = schedule
  if (step < warmUp) return (peak * (step + 1)) / warmUp
  const done = Math.min(1, (step - warmUp) / Math.max(1, steps - 1 - warmUp))
  const left = schedule.decay === 'cosine' ? (1 + Math.cos(Math.PI * done)) / 2 : (1 - done) ** schedule.power
  return peak * (final + (1 - final) * left)
}
