import { z } from 'zod'
import { type PlateauState, plateauSettings, plateauStart } from './plateau.ts'

const peak = z.number().positive().default(2e-3).describe('highest learning rate')
const warmUp = z.int().min(0).default(100).describe('steps of linear rise to the peak')
const final = z.number().min(0).max(1).default(0.01)

/** How the learning rate goes from the first step to the last. */
export const scheduleConfiguration = z.discriminatedUnion('decay', [
  z.strictObject({
    decay: z.literal('cosine').optional().default('cosine'),
    peak,
    warmUp,
    final: final.describe('learning rate of the last step, as a share of the peak')
  }),
  z.strictObject({
    decay: z.literal('polynomial'),
    peak,
    warmUp,
    power: z.number().positive().default(0.9).describe('exponent of the polynomial'),
    final: final.describe('learning rate of the last step, as a share of the peak')
  }),
  z.strictObject({ decay: z.literal('constant'), peak, warmUp }),
  z.strictObject({
    decay: z.literal('step'),
    peak,
    warmUp,
    every: z.int().positive().describe('steps from one fall to the next, counted from the end of the warm-up'),
    factor: z.number().gt(0).lt(1).default(0.1).describe('what the learning rate is multiplied by at each fall')
  }),
  z.strictObject({ decay: z.literal('plateau'), peak, warmUp, ...plateauSettings }),
  z.strictObject({
    decay: z.literal('one_cycle'),
    peak,
    rise: z.number().gt(0).lt(1).default(0.3).describe('share of the steps before the peak'),
    first: z.number().gt(0).max(1).default(0.04).describe('learning rate of the first step, as a share of the peak'),
    final: final.default(4e-6).describe('learning rate of the last step, as a share of the peak')
  })
])

export type ScheduleConfiguration = z.infer<typeof scheduleConfiguration>

/** The parts of a training configuration that decide the learning rate. */
export interface ScheduledRun {
  readonly schedule: ScheduleConfiguration
  readonly steps: number
}

/**
 * The learning rate of a step. A linear warm-up to the peak (Goyal et al. 2017), then a constant; falls by a factor, after
 * so many steps or where validation stands still; or a fall to `final` × peak at the last step, along half a cosine
 * (Loshchilov and Hutter 2017) or a polynomial (as in nnU-Net, Isensee et al. 2021: power 0.9). One cycle (Smith and
 * Topin 2018) rises and falls along half cosines, as PyTorch's OneCycleLR, and leaves the momentum as it is.
 * @param step counted from 0
 * @param plateau state of earlier validations; only the schedule `plateau` uses it
 */
export function learningRateAt({ schedule, steps }: ScheduledRun, step: number, plateau = plateauStart): number {
  if (schedule.decay === 'one_cycle') return schedule.peak * oneCycle(schedule, step, steps)
  const { peak: highest, warmUp: rise } = schedule
  if (step < rise) return (highest * (step + 1)) / rise
  return highest * shareAfterWarmUp(schedule, step - rise, Math.max(1, steps - 1 - rise), plateau)
}

/** @param step counted from the end of the warm-up, of which the last is `lastStep` */
function shareAfterWarmUp(
  schedule: Exclude<ScheduleConfiguration, { decay: 'one_cycle' }>,
  step: number,
  lastStep: number,
  plateau: PlateauState
): number {
  const done = Math.min(1, step / lastStep)
  switch (schedule.decay) {
    case 'cosine':
      return between(1, schedule.final, done)
    case 'polynomial':
      return schedule.final + (1 - schedule.final) * (1 - done) ** schedule.power
    case 'constant':
      return 1
    case 'step':
      return schedule.factor ** Math.floor(step / schedule.every)
    case 'plateau':
      return schedule.factor ** plateau.falls
  }
}

function oneCycle(
  { rise, first, final: last }: Extract<ScheduleConfiguration, { decay: 'one_cycle' }>,
  step: number,
  steps: number
): number {
  const top = rise * steps - 1
  if (step <= top) return between(first, 1, top === 0 ? 1 : step / top)
  return between(1, last, Math.min(1, (step - top) / (steps - 1 - top)))
}

/** From one number to another along half a cosine. */
function between(from: number, to: number, share: number): number {
  return to + ((from - to) * (1 + Math.cos(Math.PI * share))) / 2
}
