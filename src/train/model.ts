import { landmarkKinds, parts } from '../core/anatomy.ts'
import { softwareVersion } from '../core/version.ts'
import { encodeModel } from '../network/model-file.ts'
import type { Tensor } from '../runtime/session.ts'
import type { TrainingConfiguration } from './configuration.ts'
import { flattenMetrics, type ValidationMetrics } from './metrics.ts'

/** What a training run adds to its configuration in the model file. */
export interface Training {
  readonly steps: number
  /** What the cases are. */
  readonly cases: string
  /** The last ones taken; none before the first validation. */
  readonly metrics: ValidationMetrics | undefined
  /** The model it began with; undefined for weights drawn anew. */
  readonly start: { readonly file: string; readonly sha256: string } | undefined
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
      training: {
        recipe: JSON.stringify(configuration),
        steps: training.steps,
        seed,
        data: training.cases,
        ...(training.start !== undefined && { start: training.start })
      },
      metrics: training.metrics === undefined ? {} : flattenMetrics(training.metrics),
      software: softwareVersion
    },
    weights
  )
}
