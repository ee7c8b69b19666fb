import { landmarkKinds, parts } from '../core/anatomy.ts'
import { softwareVersion } from '../core/version.ts'
import { encodeModel } from '../network/model-file.ts'
import type { Tensor } from '../runtime/session.ts'
import type { TrainingConfiguration } from './configuration.ts'
import type { ValidationMetrics } from './validation.ts'

/** What a training run adds to its configuration in the model file. */
export interface Training {
  readonly steps: number
  /** What the cases are. */
  readonly cases: string
  /** The last ones taken; none before the first validation. */
  readonly metrics: ValidationMetrics | undefined
}

/** The model file of a run: weights that carry the recipe they came from. */
export function encodeTrainedModel(
  configuration: TrainingConfiguration,
  weights: ReadonlyMap<string, Tensor>,
  training: Training
): Uint8Array {
  const { name, role, network, grid, window, sigma, seed } = configuration
  return encodeModel(
    {
      format: 'otomark-model',
      version: 1,
      name,
      role,
      network,
      grid,
      window,
      labels: network.classes > 0 ? ['background', ...parts.map(({ id }) => id)] : [],
      landmarks: network.landmarks > 0 ? landmarkKinds.map(({ id }) => id) : [],
      heatmapSigma: sigma,
      training: { recipe: JSON.stringify(configuration), steps: training.steps, seed, data: training.cases },
      metrics: training.metrics === undefined ? {} : flatten(training.metrics),
      software: softwareVersion
    },
    weights
  )
}

/** Figures by dotted name, such as `dice.cochlea`; those that could not be taken are left out. */
function flatten({ cases, dice, falseShare, landmarkError, peak }: ValidationMetrics): Record<string, number> {
  const named: [string, number | null][] = [
    ['validation.cases', cases],
    ...Object.entries(dice).map(([key, value]): [string, number | null] => [`dice.${key}`, value]),
    ['falseShare', falseShare],
    ...Object.entries(landmarkError).map(([key, value]): [string, number | null] => [`landmarkError.${key}`, value]),
    ['peak', peak]
  ]
  return Object.fromEntries(named.filter((entry): entry is [string, number] => entry[1] !== null))
}
