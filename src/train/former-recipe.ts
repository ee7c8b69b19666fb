import { z } from 'zod'

/** The losses of a recipe of otomark 0.1, when there was one of each kind. */
const formerLoss = z
  .strictObject({
    crossEntropy: z.number(),
    classWeights: z.array(z.number()),
    dice: z.number(),
    heatmap: z.number(),
    heatmapEmphasis: z.number()
  })
  .partial()

/** The schedule of 0.1, which had an exponent even where it was not used. */
const formerCosine = z.looseObject({ decay: z.literal('cosine').optional(), power: z.number() })

/** The options of generated cases in 0.1. */
const formerCases = z.looseObject({ options: z.looseObject({ mostVoxels: z.number() }) })

/** A recipe as otomark 0.1 wrote it, also into its model files, in the current form; anything else as it is. */
export function upgradeRecipe(value: unknown): unknown {
  const recipe = z
    .looseObject({ loss: z.unknown().optional(), schedule: z.unknown().optional(), cases: z.unknown().optional() })
    .safeParse(value)
  if (!recipe.success) return value
  const cases = formerCases.safeParse(recipe.data.cases)
  const loss = formerLoss.safeParse(recipe.data.loss)
  const schedule = formerCosine.safeParse(recipe.data.schedule)
  return {
    ...recipe.data,
    ...(loss.success && { loss: withLossesApart(loss.data) }),
    ...(schedule.success && { schedule: withoutPower(schedule.data) }),
    ...(cases.success && { cases: withMaxVoxels(cases.data) })
  }
}

function withLossesApart({ heatmap, heatmapEmphasis, ...labels }: z.infer<typeof formerLoss>): unknown {
  return { labels, heatmaps: { emphasis: heatmapEmphasis }, coupling: { landmarks: heatmap } }
}

function withoutPower({ power, ...schedule }: z.infer<typeof formerCosine>): unknown {
  return schedule
}

function withMaxVoxels({ options: { mostVoxels, ...options }, ...cases }: z.infer<typeof formerCases>): unknown {
  return { ...cases, options: { ...options, maxVoxels: mostVoxels } }
}
