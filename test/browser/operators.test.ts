import { describe, expect, it } from 'vitest'
import { checkOperator, operatorCases } from '../conformance/operators.ts'
import { openRuntime } from './web-runtime.ts'

describe.each(['wasm', 'webgpu'] as const)('on %s an operator and its gradient', async (provider) => {
  const runtime = await openRuntime(provider)

  it.each(operatorCases)('agree with float64: $name', async (operator) => {
    expect(await checkOperator(runtime, operator)).toEqual([])
  })
})
