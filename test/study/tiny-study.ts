import { tinyRecipe } from '../train/tiny-configuration.ts'

const { name, seed, ...recipe } = tinyRecipe
const options = { field: [22, 22], finest: 0.8, specimens: 0.5 }

/** Five runs of a network so small that each takes a second. */
export const tinyStudy = {
  name: 'tiny',
  recipe: { ...recipe, validation: { cases: 0 }, checkpointEvery: 2 },
  training: { seed: 1, count: 2, options },
  seeds: { base: [1, 2], variations: [1] },
  variations: [
    { name: 'wider', group: 'architecture', patch: { network: { features: 4 } } },
    { name: 'segmentation-only', group: 'twins', patch: { network: { landmarks: 0 } } },
    { name: 'landmarks-only', group: 'twins', patch: { network: { classes: 0 } } }
  ],
  evaluation: [{ name: 'generated', seed: 2, count: 2, options }]
}
