import { parseTrainingConfiguration, type TrainingConfiguration } from '../../src/train/configuration.ts'

/** A run of six steps of a network so small that they take a second. */
export const tinyRecipe = {
  name: 'tiny',
  role: 'segmenter',
  network: { levels: 2, features: 2 },
  grid: { size: [12, 16, 8], spacing: 0.9, frame: 'ear', center: [0, 0, 0] },
  window: { low: -500, high: 2500 },
  sigma: 1.5,
  steps: 6,
  seed: 3,
  pool: { size: 2, reuse: 2 },
  augmentation: { placement: { frame: 'ear' } },
  validation: { cases: 2, every: 3 },
  checkpointEvery: 3,
  workers: 0
}

export function tinyConfiguration(changes: object = {}): TrainingConfiguration {
  return parseTrainingConfiguration({ ...tinyRecipe, ...changes }, 'tiny.json')
}

/** A run on generated cases with a checkpoint after every step, so that much of the time one is being written. */
export const checkpointedRecipe = {
  ...tinyRecipe,
  steps: 24,
  cases: { seed: 1, options: { field: [22, 22], finest: 0.8 } },
  pool: { size: 2, reuse: 20 },
  validation: { cases: 1, every: 5 },
  checkpointEvery: 1,
  workers: 1
}
