import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { decodeModel } from '../../src/network/model-file.ts'
import {
  configurationHash,
  parseTrainingConfiguration,
  trainingConfigurationSchema
} from '../../src/train/configuration.ts'
import { tinyConfiguration, tinyRecipe } from './tiny-configuration.ts'

const recipes = new URL('../../models/recipes/', import.meta.url)
const readJson = async (name: string): Promise<unknown> => JSON.parse(await readFile(new URL(name, recipes), 'utf8'))

test.each([
  ['detector', 'detector'],
  ['detector-refine', 'detector'],
  ['segmenter', 'segmenter'],
  ['segmenter-refine', 'segmenter'],
  ['segmenter-finish', 'segmenter']
])('the recipe %s is valid and plays the role of its name', async (recipe, role) => {
  const configuration = parseTrainingConfiguration(await readJson(`${recipe}.json`), recipe)
  expect(configuration.role).toBe(role)
  expect(configuration.grid.frame).toBe(role === 'detector' ? 'LPS' : 'ear')
})

test('the JSON Schema beside the recipes is up to date (vitest --update writes it)', async () => {
  const schema = `${JSON.stringify(trainingConfigurationSchema(), null, 2)}\n`
  await expect(schema).toMatchFileSnapshot('../../models/recipes/recipe.schema.json')
})

test.each([
  ['detector', 'detector-third'],
  ['segmenter', 'segmenter-third']
])('the recipe in the default model %s is %s, its last', async (role, recipe) => {
  const path = new URL(`../../models/default/${role}.onnx`, import.meta.url)
  const { metadata } = decodeModel(await readFile(path), role)
  const stored = parseTrainingConfiguration(JSON.parse(metadata.training.recipe), 'stored')
  // The shipped files hold the name that their recipe had when they were trained.
  expect({ ...stored, name: role }).toEqual(parseTrainingConfiguration(await readJson(`${recipe}.json`), recipe))
})

test('losses of 0.1 keep their weights', () => {
  const { loss } = tinyConfiguration({ loss: { dice: 0.5, heatmap: 2, heatmapEmphasis: 3 } })
  expect(loss).toMatchObject({ labels: { dice: 0.5 }, heatmaps: { emphasis: 3 }, coupling: { landmarks: 2 } })
})

test('a full configuration is a recipe for itself', () => {
  const configuration = tinyConfiguration()
  expect(parseTrainingConfiguration(JSON.parse(JSON.stringify(configuration)), 'again')).toEqual(configuration)
})

const placement = { placement: { frame: 'ear' } }

test.each([
  ['an unknown field', { stepz: 3 }, 'stepz'],
  ['a frame that the samples do not have', { augmentation: { placement: { frame: 'LPS' } } }, 'must be the same'],
  ['a number of classes that the labels do not have', { network: { classes: 3 } }, 'network.classes: must be 4'],
  ['an empty window', { window: { low: 100, high: 100 } }, 'window'],
  ['no steps', { steps: 0 }, 'steps'],
  ['a network without a head', { network: { classes: 0, landmarks: 0 } }, 'network: must have a head'],
  ['a network of two channels', { network: { inputChannels: 2 } }, 'network.inputChannels: must be 1'],
  ['a grid that cannot be halved', { network: { levels: 4 } }, 'grid.size: must be multiples of 8'],
  ['a gamma that has no logarithm', { augmentation: { ...placement, intensity: { gamma: [0, 1] } } }, 'gamma'],
  [
    'a plateau of no figures',
    { schedule: { decay: 'plateau' }, validation: { cases: 0 } },
    'without cases to validate'
  ],
  [
    'a voxel normalized by itself',
    { grid: { ...tinyRecipe.grid, size: [2, 2, 2] } },
    'more than one voxel at the coarsest'
  ],
  ['a range from high to low', { augmentation: { ...placement, intensity: { offset: [9, 1] } } }, 'lower and an upper'],
  ['weights of other classes', { loss: { labels: { classWeights: [1, 8] } } }, 'loss.labels.classWeights: must be 4']
])('%s is refused by name', (_, changes, message) => {
  expect(() => tinyConfiguration(changes)).toThrow(message)
  expect(() => tinyConfiguration(changes)).toThrow(/^tiny.json: is not a training configuration: /)
})

test('the hash changes with what decides the weights, and with nothing else', () => {
  const hash = configurationHash(tinyConfiguration())
  const reordered = Object.fromEntries(Object.entries(tinyRecipe).reverse())
  expect(configurationHash(parseTrainingConfiguration(reordered, 'reordered'))).toBe(hash)
  expect(configurationHash(tinyConfiguration({ workers: 1, checkpointEvery: 1 }))).toBe(hash)
  expect(configurationHash(tinyConfiguration({ validation: { cases: 1 } }))).toBe(hash)
  const plateau = { schedule: { decay: 'plateau' } }
  const followed = configurationHash(tinyConfiguration({ ...plateau, validation: { every: 2 } }))
  expect(followed).not.toBe(configurationHash(tinyConfiguration(plateau)))
  expect(configurationHash(tinyConfiguration({ seed: 4 }))).not.toBe(hash)
  expect(configurationHash(tinyConfiguration({ sigma: 1.4 }))).not.toBe(hash)
})
