import { z } from 'zod'

/** a in the weight 1 + a t of an error where the true heatmap is t. */
export const emphasis = z
  .number()
  .min(0)
  .default(10)
  .describe('how much more an error at a landmark weighs than one far from it')
