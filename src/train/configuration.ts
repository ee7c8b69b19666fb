import { createHash } from 'node:crypto'
import { z } from 'zod'
import { landmarkKinds, parts } from '../core/anatomy.ts'
import { UsageError } from '../core/errors.ts'
import type { Vector3 } from '../core/math/vector.ts'
import { schemaFaults } from '../core/schema-faults.ts'
import { caseOptions } from '../generate/sample/options.ts'
import { fitsGrid, gridMultiples } from '../network/build-network.ts'
import { type NetworkConfiguration, networkConfiguration } from '../network/configuration.ts'
import { modelMetadata, networkRole } from '../network/model-file.ts'
import { upgradeRecipe } from './former-recipe.ts'
import { lossConfiguration } from './losses/configuration.ts'
import type { LabelLossConfiguration } from './losses/label-loss.ts'
import { optimizerConfiguration } from './optimizers/configuration.ts'
import { cropConfiguration } from './samples/crop.ts'
import { intensityConfiguration } from './samples/intensity.ts'
import { placementConfiguration } from './samples/placement.ts'
import { scheduleConfiguration } from './schedule.ts'

const labelledFolder = z.strictObject({
  folder: z.string().min(1).describe('of cases, or a list of them (.json); see docs/reference/cases.md'),
  share: z.number().gt(0).max(1).default(1).describe('of the cases drawn for training'),
  heldOut: z.number().min(0).lt(1).default(0.2).describe('share of its cases kept for validation'),
  seed: z.int().min(0).default(1).describe('decides which cases are held out'),
  cases: z.array(z.string().min(1)).min(1).optional().describe('names of those that are used; all without it')
})

/** Everything that makes a training run, apart from the software. The file of a run is a recipe. */
const trainingConfiguration = z
  .strictObject({
    $schema: z.string().optional().describe('where the JSON Schema of this file is, for editors'),
    name: z.string().min(1),
    role: networkRole,
    network: networkConfiguration.prefault({}),
    grid: modelMetadata.shape.grid.describe('the voxels the network sees'),
    window: modelMetadata.shape.window.describe('HU that become -1 and 1'),
    sigma: z.number().positive().describe('SD of a landmark heatmap, mm'),
    loss: lossConfiguration.prefault({}),
    optimizer: optimizerConfiguration.prefault({}),
    schedule: scheduleConfiguration.prefault({}),
    accumulation: z
      .int()
      .positive()
      .max(1024)
      .default(1)
      .describe('samples of one step, whose mean loss it makes smaller'),
    averaging: z
      .number()
      .min(0)
      .lt(1)
      .default(0.999)
      .describe('decay of the moving average of the weights, which becomes the model'),
    steps: z.int().positive().max(10_000_000),
    seed: z.int().min(0).default(1).describe('of the weights and of the samples'),
    cases: z
      .strictObject({
        seed: z.int().min(0).default(1).describe('of the generated cases'),
        options: caseOptions.prefault({})
      })
      .prefault({}),
    labelled: z
      .array(labelledFolder)
      .min(1)
      .optional()
      .describe('folders of labelled cases, used beside the generated ones, which get the rest of the samples'),
    pool: z
      .strictObject({
        size: z.int().positive().max(10_000).default(8).describe('cases in use at the same time'),
        reuse: z.int().positive().max(10_000).default(4).describe('samples taken from each case')
      })
      .prefault({}),
    augmentation: z.strictObject({
      placement: placementConfiguration,
      intensity: intensityConfiguration.prefault({}),
      crop: cropConfiguration.optional()
    }),
    validation: z
      .strictObject({
        cases: z.int().min(0).max(10_000).default(8).describe('generated ones, where no labelled cases are held out'),
        every: z.int().positive().max(10_000_000).default(250).describe('steps')
      })
      .prefault({}),
    checkpointEvery: z.int().positive().max(10_000_000).default(250).describe('steps'),
    workers: z.int().min(0).max(16).default(1).describe('threads beside the engine that prepare samples')
  })
  .refine(({ grid, augmentation }) => grid.frame === augmentation.placement.frame, {
    message: 'grid.frame and augmentation.placement.frame must be the same',
    path: ['augmentation', 'placement', 'frame']
  })
  .superRefine(({ grid, network }, context) => {
    if (fitsGrid(network, grid.size)) return
    const message = `must be multiples of ${gridMultiples(network).join(' × ')} for a network of ${network.levels} levels`
    context.addIssue({ code: 'custom', message, path: ['grid', 'size'] })
  })
  .refine(({ grid, network }) => !isSingleVoxel(grid.size, network), {
    message:
      'must leave more than one voxel at the coarsest level, or its normalization leaves nothing; choose fewer levels',
    path: ['grid', 'size']
  })
  .refine(({ labelled = [] }) => labelled.reduce((sum, { share }) => sum + share, 0) <= 1 + 1e-9, {
    message: 'the shares must not add up to more than 1',
    path: ['labelled']
  })
  .refine(({ schedule, validation, labelled }) => schedule.decay !== 'plateau' || hasValidation(validation, labelled), {
    message: "must not be 'plateau' without cases to validate with",
    path: ['schedule', 'decay']
  })
  .refine(({ network }) => network.inputChannels === 1, {
    message: 'must be 1: a scan has one channel',
    path: ['network', 'inputChannels']
  })
  .refine(({ network }) => network.classes > 0 || network.landmarks > 0, {
    message: 'must have a head for labels or for landmarks',
    path: ['network']
  })
  .refine(({ network, loss: { labels } }) => !hasOtherWeights(labels) || network.classes === 0, {
    message: `must be ${parts.length + 1} numbers, one for each class`,
    path: ['loss', 'labels', 'classWeights']
  })
  .refine(({ network }) => network.classes === 0 || network.classes === parts.length + 1, {
    message: `must be ${parts.length + 1} (background and the parts of the labyrinth), or 0 for no label head`,
    path: ['network', 'classes']
  })
  .refine(({ network }) => network.landmarks === 0 || network.landmarks === landmarkKinds.length, {
    message: `must be ${landmarkKinds.length}, or 0 for no landmark head`,
    path: ['network', 'landmarks']
  })

/** Whether the coarsest level is one voxel that is normalized by itself. */
function isSingleVoxel(size: Vector3, network: NetworkConfiguration): boolean {
  const alone = network.normalization === 'instance' || network.normalization === 'batch'
  return alone && size.join() === gridMultiples(network).join()
}

function hasValidation({ cases }: { cases: number }, labelled: readonly { heldOut: number }[] = []): boolean {
  return cases > 0 || labelled.some(({ heldOut }) => heldOut > 0)
}

function hasOtherWeights(loss: LabelLossConfiguration): boolean {
  return 'classWeights' in loss && loss.classWeights.length !== parts.length + 1
}

export type TrainingConfiguration = Omit<z.infer<typeof trainingConfiguration>, '$schema'>

/**
 * @param source the configuration's file, for messages
 * @throws UsageError naming every field that is wrong
 */
export function parseTrainingConfiguration(value: unknown, source: string): TrainingConfiguration {
  const recipe = upgradeRecipe(value)
  const parsed = trainingConfiguration.safeParse(recipe)
  if (parsed.success) {
    const { $schema, ...configuration } = parsed.data
    return configuration
  }
  throw new UsageError(
    `${source}: is not a training configuration: ${schemaFaults(trainingConfiguration, recipe).join('; ')}`
  )
}

/** The JSON Schema of a recipe, for editors and other programs. */
export function trainingConfigurationSchema(): unknown {
  return z.toJSONSchema(trainingConfiguration, { io: 'input' })
}

/**
 * SHA-256 of everything that determines the weights. How often a run is saved and validated, and the number of threads that prepare
 * samples, do not, and may change when it is resumed; but validation does where the learning rate depends on it.
 * @param inputs hashes of what determines the weights beside the configuration; empty ones are left out
 */
export function configurationHash(configuration: TrainingConfiguration, inputs: readonly string[] = []): string {
  const { checkpointEvery, validation, workers, ...deciding } = configuration
  const observed = configuration.schedule.decay === 'plateau'
  return createHash('sha256')
    .update(
      [
        JSON.stringify(sorted(observed ? { ...deciding, validation } : deciding)),
        ...inputs.filter((input) => input !== '')
      ].join('\n')
    )
    .digest('hex')
}

/** The same value with the keys of every object in order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)])
  )
}
