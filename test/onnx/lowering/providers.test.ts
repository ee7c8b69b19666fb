import { describe, expect, it } from 'vitest'
import { nodeRuntime } from '../../../src/runtime/node.ts'
import { checkOperator, operatorCases } from '../../conformance/operators.ts'

// What is lowered for another provider runs on the CPU too, so that no browser is needed to see that it is right.
describe.each(['wasm', 'webgpu'] as const)('lowered for %s, an operator and its gradient', (provider) => {
  it.each(operatorCases)('agree with float64: $name', async (operator) => {
    expect(await checkOperator({ ...nodeRuntime, target: { provider } }, operator)).toEqual([])
  })
})
