import proto from 'onnx-proto'
import { describe, expect, it } from 'vitest'
import { ModelError } from '../../src/core/errors.ts'
import { buildNetwork, networkParameters } from '../../src/network/build-network.ts'
import { type ModelMetadata, modelMetadata } from '../../src/network/metadata.ts'
import { decodeModel, encodeModel, withCalibration } from '../../src/network/model-file.ts'
import { initialValues } from '../../src/network/parameters.ts'
import { encodeGraph } from '../../src/onnx/encode.ts'
import { nodeRuntime } from '../../src/runtime/node.ts'
import type { Tensor } from '../../src/runtime/session.ts'
import { knownCalibration } from '../support/known-calibration.ts'

const metadata: ModelMetadata = modelMetadata.parse({
  format: 'otomark-model',
  version: 1,
  name: 'test',
  role: 'segmenter',
  network: { levels: 2, features: 2, classes: 4, landmarks: 3 },
  grid: { size: [8, 6, 4], spacing: 0.3, frame: 'ear', center: [1, 2, 3] },
  window: { low: -1000, high: 2500 },
  labels: ['background', 'cochlea', 'vestibule', 'semicircular_canals'],
  landmarks: ['helicotrema', 'oval_window', 'round_window'],
  heatmapSigma: 1,
  training: { recipe: '{}', steps: 10, seed: 1, data: 'none' },
  metrics: { 'dice.labyrinth': 0.5 },
  software: '0.1.0'
})
const weights = initialValues(networkParameters(metadata.network), 7)
const file = encodeModel(metadata, weights)
const image: Tensor = { dims: [1, 1, 4, 6, 8], data: Float32Array.from({ length: 192 }, (_, at) => Math.sin(at)) }

/** The model file with its protobuf message changed. */
function changed(change: (model: InstanceType<typeof proto.onnx.ModelProto>) => void): Uint8Array {
  const model = proto.onnx.ModelProto.decode(file)
  change(model)
  return proto.onnx.ModelProto.encode(model).finish()
}

function described(value: unknown): Uint8Array {
  return changed((model) => {
    model.metadataProps = [{ key: 'otomark', value: typeof value === 'string' ? value : JSON.stringify(value) }]
  })
}

describe('a model file', () => {
  it('gives back its description and its weights', () => {
    const model = decodeModel(file, 'model.onnx')
    expect(model.metadata).toEqual(metadata)
    expect(model.weights).toEqual(weights)
  })

  it('takes a calibration, another one and none, and keeps all else to the byte', () => {
    const calibrated = withCalibration(file, knownCalibration, 'model.onnx')
    const { metadata: description, weights: same } = decodeModel(calibrated, 'model.onnx')
    expect(description).toEqual({ ...metadata, calibration: knownCalibration })
    expect(same).toEqual(weights)
    const other = { ...knownCalibration, logitBias: 2 }
    expect(withCalibration(calibrated, other, 'model.onnx')).toEqual(withCalibration(file, other, 'model.onnx'))
    expect(withCalibration(calibrated, undefined, 'model.onnx')).toEqual(file)
  })

  it('is read with the deviations of the superior canal under their former names', () => {
    const { calibration } = modelMetadata.parse({
      ...metadata,
      calibration: { ...knownCalibration, deviations: { anterior_lateral_canal_angle: 2, anterior_canal_radius: 0.1 } }
    })
    expect(calibration?.deviations).toEqual({ superior_lateral_canal_angle: 2, superior_canal_radius: 0.1 })
  })

  it('can be read from the middle of a larger buffer', () => {
    const buffer = new Uint8Array(file.length + 3)
    buffer.set(file, 3)
    expect(decodeModel(buffer.subarray(3), 'model.onnx').weights).toEqual(weights)
  })

  it('runs by itself, on its grid, with both heads', async () => {
    const session = await nodeRuntime.open(file)
    const results = await session.run({ image })
    await session.release()
    expect(results.labels?.dims).toEqual([1, 4, 4, 6, 8])
    expect(results.landmarks?.dims).toEqual([1, 3, 4, 6, 8])
    expect(Math.max(...(results.labels?.data ?? []).map(Math.abs))).toBeGreaterThan(0)
  })

  it.each(['classes', 'landmarks'] as const)('may leave out the head for %s', async (head) => {
    const network = { ...metadata.network, [head]: 0 }
    const names = head === 'classes' ? { labels: [] } : { landmarks: [] }
    const session = await nodeRuntime.open(
      encodeModel({ ...metadata, network, ...names }, initialValues(networkParameters(network), 1))
    )
    expect(session.outputNames).toEqual([head === 'classes' ? 'landmarks' : 'labels'])
    await session.release()
  })
})

describe('a model file in half precision', () => {
  const halved = encodeModel(metadata, weights, 'float16')

  it('keeps the description, and each weight to half of its eleventh binary place', () => {
    const model = decodeModel(halved, 'model.onnx')
    expect(model.metadata).toEqual(metadata)
    expect([...model.weights.keys()]).toEqual([...weights.keys()])
    for (const [name, { dims, data }] of model.weights) {
      expect(dims).toEqual(weights.get(name)?.dims)
      const exact = weights.get(name)?.data ?? expect.unreachable()
      expect(data.every((x, at) => Math.abs(x - (exact[at] as number)) <= Math.abs(x) * 2 ** -11 + 2 ** -25)).toBe(true)
    }
  })

  it('stores nothing but float16 under the names of the weights', () => {
    const { graph } = proto.onnx.ModelProto.decode(halved)
    const stored = (graph?.initializer ?? []).filter(({ name }) => weights.has(name ?? ''))
    expect(stored).toHaveLength(weights.size)
    expect(new Set(stored.map(({ dataType }) => dataType))).toEqual(new Set([proto.onnx.TensorProto.DataType.FLOAT16]))
  })

  it('gives in ONNX Runtime, to the bit, the outputs of the rounded weights in single precision', async () => {
    const rounded = encodeModel(metadata, decodeModel(halved, 'model.onnx').weights)
    const [wide, narrow] = [await nodeRuntime.open(rounded), await nodeRuntime.open(halved)]
    expect(await narrow.run({ image })).toEqual(await wide.run({ image }))
    await Promise.all([wide.release(), narrow.release()])
  })

  it('is refused for a weight that is too large, by its name', () => {
    const large = new Map(weights).set('labels.bias', { dims: [4], data: Float32Array.of(0, 1, 7e4, 2) })
    expect(() => encodeModel(metadata, large, 'float16')).toThrow(
      /^the weight labels\.bias has numbers beyond .* 65504/
    )
  })
})

describe('a file that is no model of ours is refused in one line that names it', () => {
  const cases: Record<string, { bytes: Uint8Array; problem: RegExp }> = {
    'an empty file': { bytes: new Uint8Array(), problem: /not an ONNX model/ },
    text: { bytes: new TextEncoder().encode('this is no model at all'), problem: /not an ONNX model/ },
    'a truncated file': { bytes: file.subarray(0, file.length >> 1), problem: /not an ONNX model/ },
    'an ONNX file without a description': {
      bytes: encodeGraph(buildNetwork(metadata.network, metadata.grid.size, weights)),
      problem: /carries no otomark description/
    },
    'a description that is not JSON': { bytes: described('{'), problem: /does not understand/ },
    'a later version': {
      bytes: described({ ...metadata, version: 2 }),
      problem: /does not understand.*: version: must be 1/
    },
    'an unknown field': { bytes: described({ ...metadata, patient: 'x' }), problem: /does not understand.*patient/ },
    'a window upside down': {
      bytes: described({ ...metadata, window: { low: 1, high: 0 } }),
      problem: /description: window: low must be below high/
    },
    'fewer labels than classes': {
      bytes: described({ ...metadata, labels: ['background', 'labyrinth'] }),
      problem: /description: labels: must name each of the network's classes/
    },
    'landmarks of a head that is left out': {
      bytes: described({ ...metadata, network: { ...metadata.network, landmarks: 0 } }),
      problem: /description: landmarks: must name each of the network's heatmaps/
    },
    'groups that do not divide the channels': {
      bytes: described({ ...metadata, network: { ...metadata.network, normalization: 'group' } }),
      problem: /description: network\.groups: must divide the features/
    },
    'another network than the weights': {
      bytes: described({ ...metadata, network: { ...metadata.network, features: 3 } }),
      problem: /weight encoder\.0\.0\.weight is missing or has another shape/
    },
    'a missing weight': {
      bytes: changed((model) => {
        const graph = model.graph
        if (graph) graph.initializer = graph.initializer?.filter(({ name }) => name !== 'labels.bias') ?? []
      }),
      problem: /weight labels\.bias is missing/
    }
  }
  it.each(Object.entries(cases))('%s', (_, { bytes, problem }) => {
    const read = (): unknown => decodeModel(bytes, 'folder/some.onnx')
    expect(read).toThrow(ModelError)
    expect(read).toThrow(problem)
    expect(read).toThrow(/^folder\/some\.onnx: [^\n]*$/)
  })
})
