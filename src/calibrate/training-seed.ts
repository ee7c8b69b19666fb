import { z } from 'zod'
import { UsageError } from '../core/errors.ts'
import { jsonIn } from '../io/json.ts'
import type { ModelMetadata } from '../network/model-file.ts'

const recipeOfCases = z.looseObject({ cases: z.looseObject({ seed: z.int() }) })

/**
 * Makes sure that a segmenter is not calibrated on the ears it was trained on: a seed has the same ears under whatever options, and
 * errors on those are smaller than on others.
 * @param seeds of the generated ears to calibrate on
 * @throws UsageError if one of them is the training's
 */
export function assertOtherSeeds({ training }: Pick<ModelMetadata, 'training'>, seeds: readonly number[]): void {
  const trained = recipeOfCases.safeParse(jsonIn(training.recipe)).data?.cases.seed
  if (trained === undefined || !seeds.includes(trained)) return
  throw new UsageError(
    `--seed ${seeds[0]}: ears are generated of the seeds ${seeds.join(' and ')}, and the segmenter was trained on those of seed ${trained}, ` +
      'on which its errors are smaller than on others; choose another seed'
  )
}
