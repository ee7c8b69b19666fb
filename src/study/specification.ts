import { z } from 'zod'
import { subjectPattern } from '../cases/subject.ts'
import { UsageError } from '../core/errors.ts'
import { schemaFaults } from '../core/schema-faults.ts'
import { caseOptions } from '../generate/sample/options.ts'

const json = z.record(z.string(), z.unknown())
const seed = z.int().min(0)
const name = z.string().regex(/^[a-z0-9][a-z0-9._-]*$/i, { message: 'must be of letters, digits, dots and dashes' })

const generatedSet = z.strictObject({
  seed: seed.default(1).describe('of the cases'),
  count: z.int().positive().max(100_000).describe('cases'),
  options: caseOptions.prefault({}).describe('what is generated, as in a recipe')
})

const splitsOf = {
  cases: name.describe('which labelled cases, by the name given to --cases'),
  seed: seed.default(1).describe('of the shuffle of the subjects'),
  subject: z
    .string()
    .default(subjectPattern)
    .describe('regular expression whose first group is the subject in a case’s name: the ears of a head stay together'),
  share: z.number().gt(0).max(1).default(1).describe('of the labelled cases among all that are trained on')
}

const splits = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('folds'), count: z.int().min(2).max(1000), ...splitsOf }),
  z.strictObject({
    kind: z.literal('learning_curve'),
    sizes: z.array(z.int().positive()).min(1).describe('subjects trained on; all others are judged'),
    repeats: z.int().positive().max(1000).describe('times that the subjects are drawn anew'),
    ...splitsOf
  })
])

const start = z.string().min(1).nullable().describe('model file to begin with, beside this file; null for none')

const variation = z.strictObject({
  name,
  group: z.string().min(1).describe('under which tables and plots show it'),
  patch: json
    .default({})
    .describe('of the recipe: a JSON Merge Patch (RFC 7396), in which null removes a field; of one section only'),
  start: start.optional()
})

const study = z
  .strictObject({
    $schema: z.string().optional().describe('where the JSON Schema of this file is, for editors'),
    name,
    recipe: json.describe('the base: a recipe as in models/recipes, but for its name, seed and labelled folders'),
    start: start.default(null),
    training: generatedSet
      .optional()
      .describe('generated cases on disk that all runs share; without it each generates'),
    splits: splits.optional().describe('of labelled cases into those trained on and those judged'),
    seeds: z
      .strictObject({
        base: z.array(seed).min(1).default([1]).describe('runs of the base: how they differ is the noise'),
        variations: z.array(seed).min(1).default([1]).describe('runs of each variation')
      })
      .prefault({}),
    variations: z.array(variation).default([]),
    evaluation: z.array(generatedSet.extend({ name })).default([]).describe('held-out generated cases'),
    pose: z
      .strictObject({
        rotation: z.number().min(0).max(90).default(6).describe('SD in degrees'),
        translation: z.number().min(0).default(0.8).describe('SD in mm along each axis')
      })
      .prefault({})
      .describe('how far the frame in which a held-out ear is judged is off its true one, as a detector’s would be'),
    threads: z.int().positive().max(1024).default(1).describe('processor threads of a run; two runs use two of them')
  })
  .superRefine(({ variations, evaluation, seeds }, context) => {
    const twice = (names: readonly (string | number)[], path: string[]): void => {
      const double = names.find((one, at) => names.indexOf(one) !== at)
      if (double !== undefined) context.addIssue({ code: 'custom', message: `has ${double} twice`, path })
    }
    twice(['base', ...variations.map((one) => one.name)], ['variations'])
    twice(
      evaluation.map((one) => one.name),
      ['evaluation']
    )
    twice(seeds.base, ['seeds', 'base'])
    twice(seeds.variations, ['seeds', 'variations'])
    for (const [at, { patch }] of variations.entries()) {
      const sections = Object.keys(patch)
      const own = ['name', 'seed', 'labelled'].filter((key) => key in patch)
      const path = ['variations', at, 'patch']
      if (sections.length > 1) {
        context.addIssue({ code: 'custom', message: `changes ${sections.join(' and ')}; change one thing`, path })
      }
      if (own.length > 0) context.addIssue({ code: 'custom', message: `must leave ${own.join()} to the study`, path })
    }
  })
  .refine(({ recipe }) => ['name', 'seed', 'labelled'].every((key) => !(key in recipe)), {
    message: 'must leave name, seed and labelled to the study',
    path: ['recipe']
  })

export type StudySpecification = Omit<z.infer<typeof study>, '$schema'>
export type GeneratedSet = z.infer<typeof generatedSet>
export type Splits = z.infer<typeof splits>

/**
 * @param source the study's file, for messages
 * @throws UsageError naming every field that is wrong
 */
export function parseStudy(value: unknown, source: string): StudySpecification {
  const parsed = study.safeParse(value)
  if (parsed.success) {
    const { $schema, ...specification } = parsed.data
    return specification
  }
  throw new UsageError(`${source}: is not a study: ${schemaFaults(study, value).join('; ')}`)
}

/** The JSON Schema of a study, for editors and other programs. */
export function studySchema(): unknown {
  return z.toJSONSchema(study, { io: 'input' })
}
