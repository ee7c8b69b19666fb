import { describe, expect, it } from 'vitest'
import { UsageError } from '../../src/core/errors.ts'
import { buildNetwork, networkParameters } from '../../src/network/build-network.ts'
import { type NetworkConfigurationInput, networkConfiguration } from '../../src/network/configuration.ts'
import { initialValues } from '../../src/network/parameters.ts'
import { elementCount } from '../../src/onnx/shape.ts'

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

  it('refuses a grid it cannot halve, and names the multiple it needs', () => {
    const configuration = networkConfiguration.parse({})
    const weights = initialValues(networkParameters(configuration), 1)
    expect(() => buildNetwork(configuration, [48, 48, 44], weights)).toThrow(UsageError)
    expect(() => buildNetwork(configuration, [48, 48, 44], weights)).toThrow('multiples of 8, not 48 × 48 × 44')
  })

  it('refuses an unknown setting', () => {
    expect(networkConfiguration.safeParse({ depth: 3 }).success).toBe(false)
    expect(networkConfiguration.safeParse({ kernel: 4 }).success).toBe(false)
  })
})

describe('starting values', () => {
  const parameters = networkParameters(networkConfiguration.parse({ features: 8 }))
  const values = initialValues(parameters, 1)

  it('are fixed by the seed', () => {
    expect(initialValues(parameters, 1)).toEqual(values)
    expect(initialValues(parameters, 2)).not.toEqual(values)
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
