import { describe, expect, it } from 'vitest'
import { nodeRuntime } from '../../../src/runtime/node.ts'
import { convolutionCases } from '../../conformance/operators/convolution.ts'
import { checkOperator, operatorCases } from '../../conformance/operators.ts'

// What is lowered for another provider runs on the CPU too, so that no browser is needed to see that it is right.
describe.each(['wasm', 'webgpu'] as const)('lowered for %s, an operator and its gradient', (provider) => {
  it.each(operatorCases)('agree with float64: $name', async (operator) => {
    expect(await checkOperator({ ...nodeRuntime, target: async () => ({ provider }) }, operator)).toEqual([])
  })
})

describe('lowered for webgpu as products, a convolution and its gradient', () => {
  it.each(convolutionCases)('agree with float64: $name', async (operator) => {
    const target = { provider: 'webgpu', forms: { convolution: 'products' } } as const
    expect(await checkOperator({ ...nodeRuntime, target: async () => target }, operator)).toEqual([])
  })
})
