import { UsageError } from '../core/errors.ts'
import { parseTrainingConfiguration, type TrainingConfiguration } from '../train/configuration.ts'
import { type Change, changesBetween } from './changes.ts'
import { mergePatch } from './merge-patch.ts'
import type { StudySpecification } from './specification.ts'
import type { Split } from './splits.ts'

/** The name of the recipe that all variations are patches of, and of its group. */
export const baseName = 'base'

/** What a study compares: the base or one of its variations. */
export interface Variation {
  readonly name: string
  readonly group: string
  /** With defaults, named after the study, of the first seed. */
  readonly configuration: TrainingConfiguration
  /** Model file to begin with. */
  readonly start: string | null
  /** What it changes of the base. */
  readonly changes: readonly Change[]
}

/** One training with its evaluation. */
export interface PlannedRun {
  readonly variation: Variation
  readonly seed: number
  readonly split: Split | null
  readonly configuration: TrainingConfiguration
}

/** The base and its variations. @throws UsageError for an invalid recipe, or a variation that equals the base */
export function variationsOf(study: StudySpecification, source: string): Variation[] {
  const configure = (patch: unknown, of: string): TrainingConfiguration =>
    parseTrainingConfiguration({ ...(mergePatch(study.recipe, patch) as object), name: study.name }, `${source}: ${of}`)
  const base = configure({}, 'the base')
  const all: Variation[] = [
    { name: baseName, group: baseName, configuration: base, start: study.start, changes: [] },
    ...study.variations.map(({ name, group, patch, start = study.start }) => {
      const configuration = configure(patch, `the variation ${name}`)
      const changes = changesBetween(
        { ...base, start: study.start ?? undefined },
        { ...configuration, start: start ?? undefined }
      )
      return { name, group, configuration, start, changes }
    })
  ]
  const keys = all.map(({ configuration, start }) => JSON.stringify([configuration, start]))
  for (const [at, key] of keys.entries()) {
    const first = keys.indexOf(key)
    if (first === at) continue
    throw new UsageError(
      `${source}: the variation ${all[at]?.name} is the same as ${all[first]?.name}; change something`
    )
  }
  return all
}

/** Every run of a study: variations, their seeds, splits of the labelled cases. @param splits none is one without */
export function expand(
  study: StudySpecification,
  variations: readonly Variation[],
  splits: readonly Split[]
): PlannedRun[] {
  return variations.flatMap((variation) =>
    (variation.name === baseName ? study.seeds.base : study.seeds.variations).flatMap((seed) =>
      (splits.length === 0 ? [null] : splits).map((split) => ({
        variation,
        seed,
        split,
        configuration: { ...variation.configuration, seed }
      }))
    )
  )
}
