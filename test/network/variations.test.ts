import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Vector3 } from '../../src/core/math/vector.ts'
import { buildNetwork, gridMultiples, networkParameters, tensorShape } from '../../src/network/build-network.ts'
import {
  type NetworkConfiguration,
  type NetworkConfigurationInput,
  networkConfiguration
} from '../../src/network/configuration.ts'
import { initialValues } from '../../src/network/parameters.ts'
import { encodeGraph } from '../../src/onnx/encode.ts'
import { elementCount } from '../../src/onnx/shape.ts'
import { nodeRuntime } from '../../src/runtime/node.ts'
import type { Tensor } from '../../src/runtime/session.ts'
import { openTrainingGraph } from './training-graph.ts'

const { shape } = networkConfiguration
const oneOf = <T>(...choices: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...choices)
const edge = oneOf<1 | 3>(1, 3)
const stride = oneOf<1 | 2>(1, 2)

/** Small networks with any of the options together. */
const configurations = fc
  .record<NetworkConfigurationInput>(
    {
      levels: oneOf(1, 2, 3),
      strides: fc.array(fc.tuple(stride, stride, stride), { maxLength: 2 }),
      features: oneOf(2, 4),
      kernel: fc.oneof(oneOf<1 | 3 | 5>(1, 3, 5), fc.tuple(edge, edge, edge)),
      dilation: oneOf(1, 2),
      convolution: oneOf(...shape.convolution.unwrap().options),
      convolutionGroups: oneOf(1, 2),
      convolutionsPerLevel: oneOf(1, 2),
      block: oneOf(...shape.block.unwrap().options),
      squeezeExcitation: oneOf(0, 2),
      normalization: oneOf(...shape.normalization.unwrap().options),
      groups: oneOf(1, 2),
      activation: oneOf(...shape.activation.unwrap().options),
      dropout: oneOf(0, 0.3),
      downsampling: oneOf(...shape.downsampling.unwrap().options),
      upsampling: oneOf(...shape.upsampling.unwrap().options),
      attentionGates: fc.boolean(),
      classes: oneOf(0, 2, 3),
      labelHead: oneOf(...shape.labelHead.unwrap().options),
      deepSupervision: oneOf(0, 1)
    },
    { requiredKeys: [] }
  )
  .map((input) => networkConfiguration.safeParse(input))
  .filter(({ success }) => success)
  .map(({ data }) => data as NetworkConfiguration)

/** The smallest grid that leaves a normalization two voxels along each axis. */
function smallGrid(configuration: NetworkConfiguration): Vector3 {
  const [i, j, k] = gridMultiples(configuration)
  return [2 * i, 2 * j, 2 * k]
}

const finite = ({ data }: Tensor): boolean => data.every(Number.isFinite)

describe('any valid configuration', () => {
  it('builds, runs, and differentiates', async () => {
    await fc.assert(
      fc.asyncProperty(configurations, async (configuration) => {
        const size = smallGrid(configuration)
        const weights = initialValues(networkParameters(configuration), 1)
        const inference = await nodeRuntime.open(encodeGraph(buildNetwork(configuration, size, weights)), {
          threads: 1
        })
        const dims = tensorShape(configuration.inputChannels, size)
        const image = { dims, data: Float32Array.from({ length: elementCount(dims) }, (_, at) => Math.sin(at)) }
        const answer = await inference.run({ image }).finally(() => inference.release())
        for (const [name, channels] of [
          ['labels', configuration.classes],
          ['landmarks', configuration.landmarks]
        ] as const) {
          expect(answer[name]?.dims).toEqual(channels === 0 ? undefined : tensorShape(channels, size))
        }
        expect(Object.values(answer).every(finite)).toBe(true)

        const { session, feeds, trained } = await openTrainingGraph(configuration, size)
        const found = await session.run(feeds).finally(() => session.release())
        for (const name of trained) expect(found[`gradient.${name}`]?.dims).toEqual(feeds[name]?.dims)
        expect(Object.values(found).every(finite)).toBe(true)
      }),
      { numRuns: 12 }
    )
  })
})

describe('the gradient of a whole network is the slope of its loss', () => {
  // Nothing in them has a kink, which a finite difference could reach across.
  const smooth: NetworkConfigurationInput = { levels: 3, features: 4, downsampling: 'average', activation: 'silu' }
  const variants: NetworkConfigurationInput[] = [
    {},
    {
      strides: [
        [2, 2, 1],
        [1, 2, 2]
      ],
      kernel: [3, 3, 1],
      upsampling: 'linear'
    },
    { block: 'residual', normalization: 'batch', downsampling: 'strided', activation: 'gelu' },
    { block: 'dense', normalization: 'group', groups: 2, dropout: 0.4, activation: 'mish' },
    { convolution: 'depthwise_separable', normalization: 'layer', deepSupervision: 1 },
    { convolutionGroups: 2, dilation: 2, upsampling: 'resize_convolution', labelHead: 'sigmoid', deepSupervision: 1 },
    { normalization: 'none', activation: 'elu', dropout: 0.2, upsampling: 'nearest', landmarks: 0 }
  ]
  it.each(variants)('%o', async (variant) => {
    const configuration = networkConfiguration.parse({ ...smooth, ...variant })
    const { session, feeds, trained } = await openTrainingGraph(configuration, smallGrid(configuration))
    const found = await session.run(feeds)
    const gradient = (name: string): Float32Array => found[`gradient.${name}`]?.data ?? expect.unreachable()
    const norm = Math.hypot(...trained.map((name) => Math.hypot(...gradient(name))))
    const reach = 1e-3
    /** The loss at a distance along the gradient. */
    const lossAt = async (distance: number): Promise<number> => {
      const moved = trained.map((name) => {
        const start = feeds[name] ?? expect.unreachable()
        const data = start.data.map((x, at) => x + (distance / norm) * (gradient(name)[at] as number))
        return [name, { dims: start.dims, data }]
      })
      const { loss } = await session.run({ ...feeds, ...Object.fromEntries(moved) }, ['loss'])
      return loss?.data[0] ?? expect.unreachable()
    }
    const slope = ((await lossAt(reach)) - (await lossAt(-reach))) / (2 * reach)
    await session.release()
    expect(slope / norm).toBeCloseTo(1, 2)
  })
})

describe('batch normalization', () => {
  it('moves its running statistics a tenth of the way to those of the batch', async () => {
    const configuration = networkConfiguration.parse({ levels: 1, features: 2, normalization: 'batch', kernel: 1 })
    const { session, feeds } = await openTrainingGraph(configuration, [2, 2, 2])
    const found = await session.run(feeds).finally(() => session.release())
    const image = feeds.image?.data ?? expect.unreachable()
    const weight = feeds['encoder.0.0.weight']?.data ?? expect.unreachable()
    const mean = image.reduce((sum, x) => sum + x, 0) / image.length
    const variance = image.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (image.length - 1)
    weight.forEach((w, channel) => {
      expect(found['next.encoder.0.0.mean']?.data[channel]).toBeCloseTo(0.1 * w * mean, 5)
      expect(found['next.encoder.0.0.variance']?.data[channel]).toBeCloseTo(0.9 + 0.1 * w * w * variance, 5)
    })
  })
})
