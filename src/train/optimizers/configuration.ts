import { z } from 'zod'
import { adam, adamConfiguration } from './adam.ts'
import { adamW, adamWConfiguration } from './adamw.ts'
import { lion, lionConfiguration } from './lion.ts'
import type { Optimizer } from './optimizer.ts'
import { rmsprop, rmspropConfiguration } from './rmsprop.ts'
import { sgd, sgdConfiguration } from './sgd.ts'

/** How parameters follow their gradient, whose norm is limited. */
export const optimizerConfiguration = z.discriminatedUnion('kind', [
  adamWConfiguration,
  adamConfiguration,
  sgdConfiguration,
  rmspropConfiguration,
  lionConfiguration
])

export type OptimizerConfiguration = z.infer<typeof optimizerConfiguration>

/** The configured optimizer. */
export function createOptimizer(configuration: OptimizerConfiguration): Optimizer {
  switch (configuration.kind) {
    case 'adamw':
      return adamW(configuration)
    case 'adam':
      return adam(configuration)
    case 'sgd':
      return sgd(configuration)
    case 'rmsprop':
      return rmsprop(configuration)
    case 'lion':
      return lion(configuration)
  }
}
