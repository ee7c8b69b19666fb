import { join } from 'node:path'
import { closeModel, openModel } from '../../../src/analyze/open-model.ts'
import type { Random } from '../../../src/core/math/random.ts'
import { readJson } from '../../../src/io/json.ts'
import { decodeModel, encodeModel } from '../../../src/network/model-file.ts'
import { diskFiles } from '../../../src/node/file-access.ts'
import { readModelFolder } from '../../../src/node/model-folder.ts'
import { withMetadata } from '../../../src/onnx/with-metadata.ts'
import { nodeRuntime } from '../../../src/runtime/node.ts'
import { assertFits, readCheckpoint, writeCheckpoint } from '../../../src/train/checkpoint.ts'
import { parseTrainingConfiguration } from '../../../src/train/configuration.ts'
import { readRecords } from '../../../src/train/log.ts'
import { workOf } from '../../../src/train/plan.ts'
import { plateauStart } from '../../../src/train/plateau.ts'
import { emptyNetwork } from '../../support/empty-model.ts'
import { tinyRecipe } from '../../train/tiny-configuration.ts'
import { type FuzzInput, jsonFile, readFileSet, textFile } from '../file-set.ts'
import type { Format } from '../format.ts'
import { joined } from '../mutate/bytes.ts'
import { mutateJson } from '../mutate/json.ts'

/** Where a model's description lies in its file. */
const descriptionKey = 'otomark'

export const modelFormat: Format = {
  async seeds() {
    const [detector, segmenter] = [emptyNetwork('detector'), emptyNetwork('segmenter')]
    const { metadata, weights } = decodeModel(segmenter, 'segmenter.onnx')
    const half = encodeModel(metadata, weights, 'float16')
    return [segmenter, half].map((bytes) => ({
      files: { 'detector.onnx': detector, 'segmenter.onnx': bytes },
      main: ''
    }))
  },
  async read(path) {
    await closeModel(await openModel(await readModelFolder(path), nodeRuntime, { threads: 1 }))
  },
  /** Of the changes, half are in the description, which a damaged file hides. */
  change(input, random) {
    if (random.chance(0.5)) return undefined
    const name = random.pick(Object.keys(input.files))
    const bytes = input.files[name] as Uint8Array
    const description = JSON.stringify(mutateJson(decodeModel(bytes, name).metadata, random))
    return { ...input, files: { ...input.files, [name]: withMetadata(bytes, descriptionKey, description) } }
  }
}

export const recipeFormat: Format = {
  async seeds() {
    const full = parseTrainingConfiguration(tinyRecipe, 'tiny.json')
    return [tinyRecipe, full].map((recipe) => ({ files: { 'recipe.json': jsonFile(recipe) }, main: 'recipe.json' }))
  },
  async read(path) {
    workOf(parseTrainingConfiguration(await readJson(diskFiles, path), path))
  }
}

const tensors = new Map([
  ['parameter.weight', { dims: [3, 5], data: new Float32Array(15).fill(0.5) }],
  ['parameter.bias', { dims: [3], data: new Float32Array(3) }]
])
const condition = { hash: 'a'.repeat(64), anyVersion: false }

/** A run's folder: its checkpoint and its log. */
export const checkpointFormat: Format = {
  async seeds(folder) {
    const path = join(folder, 'checkpoint.safetensors')
    const state = {
      step: 4,
      state: tensors,
      average: tensors,
      metrics: undefined,
      bestScore: 0.5,
      plateau: plateauStart
    }
    await writeCheckpoint(path, state, condition.hash)
    const record = { kind: 'step', step: 1, loss: 1, lossLabels: 1, lossLandmarks: 0, gradientNorm: 1, learningRate: 1 }
    const log = [{ kind: 'start', step: 0 }, record].map((line) => `${JSON.stringify(line)}\n`).join('')
    return [{ files: { ...readFileSet(folder), 'log.jsonl': textFile(log) }, main: '' }]
  },
  async read(path) {
    const file = join(path, 'checkpoint.safetensors')
    const checkpoint = await readCheckpoint(file, condition)
    if (checkpoint !== undefined) assertFits(file, checkpoint, { state: tensors, weights: tensors })
    return readRecords(join(path, 'log.jsonl'))
  },
  /** Half of the changes are in the header of the tensors, whose length is then right. */
  change(input, random) {
    return random.chance(0.5) ? undefined : withChangedHeader(input, random)
  }
}

function withChangedHeader(input: FuzzInput, random: Random): FuzzInput {
  const bytes = input.files['checkpoint.safetensors'] as Uint8Array
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true))
  const header: unknown = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)))
  const text = textFile(JSON.stringify(mutateJson(header, random)) ?? 'null')
  const size = new Uint8Array(8)
  new DataView(size.buffer).setBigUint64(0, BigInt(text.length), true)
  const changed = joined(size, text, bytes.subarray(8 + length))
  return { ...input, files: { ...input.files, 'checkpoint.safetensors': changed } }
}
