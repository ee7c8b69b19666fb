import { ModelError, UsageError } from '../core/errors.ts'
import { schemaFaults } from '../core/schema-faults.ts'
import { jsonIn } from '../io/json.ts'
import { type DecodedModel, decodeModelProto } from '../onnx/decode.ts'
import { encodeGraph } from '../onnx/encode.ts'
import { fitsHalf, largestHalf } from '../onnx/half.ts'
import { withMetadata } from '../onnx/with-metadata.ts'
import type { Tensor } from '../runtime/session.ts'
import { buildNetwork, networkParameters } from './build-network.ts'
import { type Calibration, calibration as calibrationSchema } from './calibration.ts'
import { type ModelMetadata, modelMetadata } from './metadata.ts'

export type { Calibration } from './calibration.ts'
export { type ModelMetadata, modelMetadata, networkRole } from './metadata.ts'

/** The key of the description among an ONNX file's metadata. */
const metadataKey = 'otomark'

/** A model file taken apart. */
export interface Model {
  readonly metadata: ModelMetadata
  readonly weights: ReadonlyMap<string, Tensor>
}

/** How the weights of a model file are stored; they are computed with as float32 in any case. */
export type WeightStorage = 'float32' | 'float16'

/**
 * A self-contained ONNX file: the network on its grid, its weights, and the description.
 * @throws UsageError if a weight is not a finite number, or too large for the storage
 */
export function encodeModel(
  metadata: ModelMetadata,
  weights: ReadonlyMap<string, Tensor>,
  storage: WeightStorage = 'float32'
): Uint8Array {
  const description = modelMetadata.parse(metadata)
  const graph = buildNetwork(description.network, description.grid.size, weights)
  const texts = { [metadataKey]: JSON.stringify(description) }
  for (const [name, { data }] of weights) {
    if (!data.every(Number.isFinite)) throw new UsageError(`the weight ${name} has numbers that are not finite`)
  }
  if (storage === 'float32') return encodeGraph(graph, { metadata: texts })
  for (const [name, { data }] of weights) {
    if (data.every(fitsHalf)) continue
    throw new UsageError(`the weight ${name} has numbers beyond half precision's ${largestHalf}; store it in float32`)
  }
  return encodeGraph(graph, { metadata: texts, halves: new Set(weights.keys()) })
}

/**
 * Reads a model file's description and weights.
 * @param source the file's name, for messages
 * @throws ModelError if the bytes are not an ONNX file of otomark that this version understands.
 */
export function decodeModel(bytes: Uint8Array, source: string): Model {
  const { metadata: texts, tensors } = decodeOnnx(bytes, source)
  const text = texts.get(metadataKey)
  if (text === undefined) {
    throw new ModelError(source, 'this ONNX file carries no otomark description; choose a model that otomark wrote')
  }
  const metadata = parseMetadata(text, source)
  const weights = new Map<string, Tensor>()
  for (const { name, shape } of networkParameters(metadata.network)) {
    const tensor = tensors.get(name)
    if (tensor === undefined || tensor.dims.join() !== shape.join()) {
      throw new ModelError(source, `the weight ${name} is missing or has another shape than the description says`)
    }
    if (!tensor.data.every(Number.isFinite)) {
      throw new ModelError(source, `the weight ${name} holds a number that is not finite; the file is damaged`)
    }
    weights.set(name, tensor)
  }
  return { metadata, weights }
}

/**
 * A model file with another calibration in its description, or with none; all else, the weights' bytes too, stays.
 * @param source the file's name, for messages
 * @throws ModelError if the bytes are not an ONNX file of otomark that this version understands
 */
export function withCalibration(bytes: Uint8Array, calibration: Calibration | undefined, source: string): Uint8Array {
  const { calibration: _, ...metadata } = decodeModel(bytes, source).metadata
  const description =
    calibration === undefined ? metadata : { ...metadata, calibration: calibrationSchema.parse(calibration) }
  return withMetadata(bytes, metadataKey, JSON.stringify(description))
}

function decodeOnnx(bytes: Uint8Array, source: string): DecodedModel {
  try {
    return decodeModelProto(bytes)
  } catch (cause) {
    throw new ModelError(source, 'this is not an ONNX model, or it is damaged; choose a model that otomark wrote', {
      cause
    })
  }
}

function parseMetadata(text: string, source: string): ModelMetadata {
  const value = jsonIn(text)
  const parsed = modelMetadata.safeParse(value)
  if (parsed.success) return parsed.data
  const [fault] = schemaFaults(modelMetadata, value)
  throw new ModelError(source, `this version of otomark does not understand the model's description: ${fault}`)
}
