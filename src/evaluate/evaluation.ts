import { z } from 'zod'

const millimetres = z.number().min(0).nullable()
const share = z.number().min(0).max(1)
const side = z.enum(['left', 'right'])
const regionIds = ['labyrinth', 'cochlea', 'vestibule', 'semicircular_canals'] as const
const landmarkIds = ['helicotrema', 'oval_window', 'round_window'] as const

const outlineMetrics = z
  .strictObject({
    dice: share,
    intersectionOverUnion: share,
    volumetricSimilarity: share,
    averageHausdorff: millimetres.describe('of all foreground voxels (Stebani et al. 2023), in voxels of the truth'),
    averageSurfaceDistance: millimetres.describe('ASSD, mm'),
    hausdorff95: millimetres.describe('HD95, mm'),
    predictedVolume: z.number().min(0).describe('mm³'),
    trueVolume: z.number().min(0).describe('mm³')
  })
  .describe('distances are null where nothing was predicted')

const landmark = z.discriminatedUnion('outcome', [
  z.strictObject({ id: z.enum(landmarkIds), outcome: z.literal('found'), error: z.number().min(0).describe('mm') }),
  z.strictObject({ id: z.enum(landmarkIds), outcome: z.enum(['missed', 'invented']) })
])

const ear = z.strictObject({
  outcome: z.enum(['found', 'missed', 'false']),
  side: side.nullable().describe('the true side; of a false ear the one it was given; null where it is not said'),
  sideCorrect: z.boolean().nullable().describe('null where one of the two says no side'),
  landmarks: z.array(landmark)
})

/** How one case was done. */
export const caseEvaluation = z.strictObject({
  id: z.string(),
  spacing: z
    .tuple([z.number(), z.number(), z.number()])
    .nullable()
    .describe('voxels of the truth, mm; null where it is not outlined'),
  outlines: z
    .partialRecord(z.enum(regionIds), outlineMetrics)
    .describe('for each region of which the truth shows any, over all ears of the scan'),
  ears: z.array(ear)
})

const statistic = z
  .strictObject({
    n: z.int().positive(),
    mean: z.number(),
    sd: z.number().min(0).describe('of the sample; 0 for one value'),
    low: z.number(),
    high: z.number()
  })
  .describe('low to high is the 95 % bootstrap interval of the mean')

const landmarkSummary = z.strictObject({
  known: z.int().min(0),
  found: z.int().min(0),
  missed: z.int().min(0),
  invented: z.int().min(0),
  error: statistic.nullable().describe('mm, over the landmarks that were found'),
  errorVoxels: statistic.nullable().describe('the same in voxels of 0.099 mm'),
  withinHalf: share.nullable().describe('share of the known landmarks found within 0.5 mm'),
  withinOne: share.nullable().describe('share of the known landmarks found within 1 mm')
})

const metricSummary = z.strictObject({
  dice: statistic,
  intersectionOverUnion: statistic,
  volumetricSimilarity: statistic,
  averageHausdorff: statistic.nullable(),
  averageSurfaceDistance: statistic.nullable(),
  hausdorff95: statistic.nullable()
})

const summary = z.strictObject({
  outlines: z.partialRecord(z.enum(regionIds), metricSummary),
  landmarks: z.record(z.enum([...landmarkIds, 'all']), landmarkSummary),
  ears: z.strictObject({
    known: z.int().min(0),
    found: z.int().min(0),
    missed: z.int().min(0),
    false: z.int().min(0),
    withoutEar: z.int().min(0).describe('cases that show no ear')
  }),
  sides: z.strictObject({ judged: z.int().min(0), correct: z.int().min(0) })
})

/** What `evaluation.json` holds. */
export const evaluation = z
  .strictObject({
    format: z.literal('otomark-evaluation'),
    version: z.literal(1),
    notice: z.string(),
    software: z.string(),
    predictedBy: z.string().describe('the model, or the folder the predictions were read from'),
    bootstrap: z.strictObject({ seed: z.int(), resamples: z.int(), level: z.literal(0.95) }),
    summary,
    cases: z.array(caseEvaluation),
    failed: z.array(z.strictObject({ id: z.string(), exitCode: z.int(), message: z.string() })),
    waiting: z.int().min(0).describe('cases that a stopped run left')
  })
  .describe('How predictions compare with the truth. All lengths are millimetres where nothing else is said.')

export type Region = (typeof regionIds)[number]
export type MetricId = keyof z.infer<typeof metricSummary>
export type OutlineMetrics = z.infer<typeof outlineMetrics>
export type EarEvaluation = z.infer<typeof ear>
export type CaseEvaluation = z.infer<typeof caseEvaluation>
export type Statistic = z.infer<typeof statistic>
export type LandmarkSummary = z.infer<typeof landmarkSummary>
export type Summary = z.infer<typeof summary>
export type Evaluation = z.infer<typeof evaluation>

/** In the order of every table. */
export const regions: readonly Region[] = regionIds

/** The JSON Schema of `evaluation.json`, as it lies in the documentation. */
export function evaluationSchema(): object {
  return z.toJSONSchema(evaluation)
}
