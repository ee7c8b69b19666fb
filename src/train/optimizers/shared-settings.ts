import { z } from 'zod'

/** What every optimizer has. */
export const clipNorm = z
  .number()
  .positive()
  .default(12)
  .describe('highest Euclidean norm of the gradient of all parameters')

const decayOf = (how: string) => z.number().min(0).describe(`${how} decay of convolution weights`)
export const decoupledDecay = decayOf('decoupled').default(1e-2)
export const squaredDecay = decayOf('L2').default(0)

export const beta1 = z.number().min(0).lt(1).default(0.9).describe('decay of the mean of gradients')
export const beta2 = z.number().min(0).lt(1).default(0.999).describe('decay of the mean of squared gradients')
export const epsilon = z
  .number()
  .positive()
  .default(1e-8)
  .describe('added to the root of the mean of squared gradients')
