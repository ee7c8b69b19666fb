import { describe, expect, it } from 'vitest'
import { UsageError } from '../../src/core/errors.ts'
import type { Vector3 } from '../../src/core/math/vector.ts'
import { buildNetwork, networkParameters, tensorShape, trainingParameters } from '../../src/network/build-network.ts'
import {
  type NetworkConfiguration,
  type NetworkConfigurationInput,
  networkConfiguration
} from '../../src/network/configuration.ts'
import { initialValues } from '../../src/network/parameters.ts'
import { applyNetworkInTraining } from '../../src/network/unet.ts'
import { encodeGraph } from '../../src/onnx/encode.ts'
import { Graph, type Value } from '../../src/onnx/graph.ts'
import { elementCount, type Shape } from '../../src/onnx/shape.ts'
import { nodeRuntime } from '../../src/runtime/node.ts'

function parameterCount(configuration: NetworkConfigurationInput): number {
  const parameters = networkParameters(networkConfiguration.parse(configuration))
  return parameters.reduce((sum, { shape }) => sum + elementCount(shape), 0)
}

describe('the network', () => {
  it('has the parameters of its layers', () => {
    // Two levels of one convolution each, 2 and 4 channels, up-sampling 4 → 8 · 2, decoder 4 → 2, heads 2 → 4 and 2 → 3.
    const layers = 27 * 2 + 4 + (27 * 2 * 4 + 8) + 4 * 16 + (27 * 4 * 2 + 4)
    const heads = 2 * 4 + 4 + 2 * 3 + 3
    expect(parameterCount({ levels: 2, features: 2, convolutionsPerLevel: 1 })).toBe(layers + heads)
  })

  it('has none for a head that is left out, and biases instead of scales without normalization', () => {
    const names = networkParameters(networkConfiguration.parse({ landmarks: 0, normalization: 'none' })).map(
      (p) => p.name
    )
    expect(names.filter((name) => name.startsWith('landmarks') || name.endsWith('scale'))).toEqual([])
    expect(names).toContain('encoder.0.0.bias')
  })

  it('names every parameter once', () => {
    const names = networkParameters(networkConfiguration.parse({})).map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
  })

  it('has in training what it has in inference and, after that, the auxiliary heads', () => {
    const configuration = networkConfiguration.parse({
      deepSupervision: 2,
      normalization: 'batch',
      activation: 'prelu'
    })
    const kept = networkParameters(configuration)
    const all = trainingParameters(configuration)
    expect(all.slice(0, kept.length)).toEqual(kept)
    expect(all.slice(kept.length).map(({ name, shape }) => [name, shape])).toEqual([
      ['labels.auxiliary.1.weight', [4, 16, 1, 1, 1]],
      ['labels.auxiliary.1.bias', [4]],
      ['labels.auxiliary.2.weight', [4, 32, 1, 1, 1]],
      ['labels.auxiliary.2.bias', [4]]
    ])
  })

  it('refuses a grid it cannot halve, and names the multiple it needs', () => {
    const configuration = networkConfiguration.parse({})
    const weights = initialValues(networkParameters(configuration), 1)
    expect(() => buildNetwork(configuration, [48, 48, 44], weights)).toThrow(UsageError)
    expect(() => buildNetwork(configuration, [48, 48, 44], weights)).toThrow('multiples of 8 × 8 × 8, not 48 × 48 × 44')
  })

  it('refuses an unknown setting, and groups that do not divide the channels', () => {
    expect(networkConfiguration.safeParse({ depth: 3 }).success).toBe(false)
    expect(networkConfiguration.safeParse({ kernel: 4 }).success).toBe(false)
    expect(networkConfiguration.safeParse({ features: 6, groups: 4 }).success).toBe(true)
    const uneven = networkConfiguration.safeParse({ features: 6, normalization: 'group', groups: 4 })
    expect(uneven.error?.issues).toMatchObject([{ path: ['groups'], message: 'must divide the features' }])
  })
})

describe('a configuration that contradicts itself is refused by name', () => {
  const contradictions: Record<string, { input: NetworkConfigurationInput; path: string; message: RegExp }> = {
    'strides for too few levels': { input: { strides: [[2, 2, 2]] }, path: 'strides', message: /one triple for each/ },
    'dilated kernels of one voxel': { input: { kernel: 1, dilation: 2 }, path: 'dilation', message: /kernels of one/ },
    'uneven groups of channels': { input: { convolutionGroups: 3 }, path: 'convolutionGroups', message: /divide/ },
    'groups of single channels': {
      input: { convolutionGroups: 2, convolution: 'depthwise_separable' },
      path: 'convolutionGroups',
      message: /treat each channel apart/
    },
    'an uneven squeeze': { input: { squeezeExcitation: 3 }, path: 'squeezeExcitation', message: /divide/ },
    'a sigmoid head for the background alone': {
      input: { classes: 1, labelHead: 'sigmoid' },
      path: 'classes',
      message: /more than the background/
    },
    'deep supervision without labels': {
      input: { classes: 0, deepSupervision: 1 },
      path: 'deepSupervision',
      message: /without a label head/
    },
    'deep supervision of the coarsest level': {
      input: { levels: 3, deepSupervision: 2 },
      path: 'deepSupervision',
      message: /the coarsest has no head/
    }
  }
  it.each(Object.entries(contradictions))('%s', (_, { input, path, message }) => {
    const issues = networkConfiguration.safeParse(input).error?.issues ?? []
    expect(issues).toMatchObject([{ path: [path], message: expect.stringMatching(message) }])
  })
})

describe('every option', () => {
  const size: Vector3 = [8, 4, 12]
  const variants: Record<keyof NetworkConfiguration, NetworkConfigurationInput[]> = {
    inputChannels: [{ inputChannels: 2 }],
    levels: [{ levels: 1 }, { levels: 3 }],
    strides: [{ strides: [[2, 1, 2]] }],
    features: [{ features: 8 }],
    kernel: [{ kernel: 1 }, { kernel: 5 }, { kernel: 7 }, { kernel: [3, 3, 1] }],
    dilation: [{ dilation: 2 }],
    convolution: [{ convolution: 'depthwise_separable' }],
    convolutionGroups: [{ convolutionGroups: 2 }],
    convolutionsPerLevel: [{ convolutionsPerLevel: 2 }],
    block: [{ block: 'residual' }, { block: 'dense' }],
    squeezeExcitation: [{ squeezeExcitation: 2 }],
    normalization: (['group', 'batch', 'layer', 'none'] as const).map((normalization) => ({ normalization })),
    groups: [{ normalization: 'group', groups: 2 }],
    activation: (['relu', 'prelu', 'elu', 'gelu', 'silu', 'mish'] as const).map((activation) => ({ activation })),
    dropout: [{ dropout: 0.5 }],
    downsampling: [{ downsampling: 'average' }, { downsampling: 'strided' }],
    upsampling: (['nearest', 'linear', 'resize_convolution'] as const).map((upsampling) => ({ upsampling })),
    attentionGates: [{ attentionGates: true }],
    classes: [{ classes: 2 }, { classes: 0 }],
    labelHead: [{ labelHead: 'sigmoid' }],
    deepSupervision: [{ levels: 3, deepSupervision: 1 }],
    landmarks: [{ landmarks: 1 }, { landmarks: 0 }]
  }
  const changes = Object.values(variants).flat()
  const configured = (change: NetworkConfigurationInput): NetworkConfiguration =>
    networkConfiguration.parse({ levels: 2, features: 4, convolutionsPerLevel: 1, ...change })

  it('makes another graph', () => {
    /** The training graph with nothing stored: nothing but its nodes tells two of them apart. */
    const bare = (configuration: NetworkConfiguration): string => {
      const graph = new Graph()
      const source = (name: string, shape: Shape): Value => graph.input(name, shape)
      const image = source('image', tensorShape(configuration.inputChannels, size))
      const { labels, landmarks, auxiliaryLabels } = applyNetworkInTraining(graph, configuration, image, source, source)
      const outputs = [labels, landmarks, ...auxiliaryLabels].filter((value) => value !== undefined)
      for (const [n, value] of outputs.entries()) graph.output(`output${n}`, value)
      return Buffer.from(encodeGraph(graph)).toString('base64')
    }
    expect(Object.keys(variants)).toEqual(Object.keys(networkConfiguration.shape))
    expect(new Set([{}, ...changes].map((change) => bare(configured(change)))).size).toBe(1 + changes.length)
  })

  it.each(changes)('runs: %o', async (change) => {
    const configuration = configured(change)
    const { inputChannels, classes, landmarks } = configuration
    const weights = initialValues(networkParameters(configuration), 1)
    const session = await nodeRuntime.open(encodeGraph(buildNetwork(configuration, size, weights)), { threads: 1 })
    const dims = [1, inputChannels, size[2], size[1], size[0]]
    const data = Float32Array.from({ length: elementCount(dims) }, (_, at) => Math.sin(at))
    const answer = await session.run({ image: { dims, data } })
    await session.release()
    const heads = Object.entries({ labels: classes, landmarks }).filter(([, channels]) => channels > 0)
    expect(Object.keys(answer)).toEqual(heads.map(([name]) => name))
    for (const [name, channels] of heads) {
      const output = answer[name] ?? expect.unreachable()
      expect(output.dims).toEqual([1, channels, ...dims.slice(2)])
      expect(output.data.every(Number.isFinite)).toBe(true)
      expect(new Set(output.data).size).toBeGreaterThan(10)
    }
  })
})

describe('starting values', () => {
  const parameters = networkParameters(networkConfiguration.parse({ features: 8 }))
  const values = initialValues(parameters, 1)

  it('are fixed by the seed', () => {
    const few = networkParameters(networkConfiguration.parse({ levels: 2, features: 1 }))
    expect(initialValues(few, 1)).toEqual(initialValues(few, 1))
    expect(initialValues(few, 2)).not.toEqual(initialValues(few, 1))
  })

  it('keep the size of a signal: standard deviation √(2 / inputs)', () => {
    const { data } = values.get('encoder.3.1.weight') as { data: Float32Array }
    const square = data.reduce((sum, x) => sum + x * x, 0) / data.length
    expect(Math.sqrt(square)).toBeCloseTo(Math.sqrt(2 / (64 * 27)), 3)
  })

  it('are one for scales and zero for biases', () => {
    expect(new Set(values.get('encoder.0.0.scale')?.data)).toEqual(new Set([1]))
    expect(new Set(values.get('labels.bias')?.data)).toEqual(new Set([0]))
  })
})
