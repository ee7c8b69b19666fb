import { describe, expect, it } from 'vitest'
import { relu } from '../../src/onnx/operators/activation.ts'
import { multiply } from '../../src/onnx/operators/arithmetic.ts'
import { nodeRuntime } from '../../src/runtime/node.ts'
import { elementwise } from '../conformance/operators/reference.ts'
import { checkOperator, operatorCases } from '../conformance/operators.ts'

it.each(operatorCases)('$name gives what it is defined as, and its gradient', async (operator) => {
  expect(await checkOperator(nodeRuntime, operator)).toEqual([])
})

describe('the check of an operator', () => {
  it('reports a wrong value and a wrong gradient', async () => {
    const square = { name: 'square', shapes: [[4]], reference: elementwise((x) => x * x) }
    const wrongValue = await checkOperator(nodeRuntime, { ...square, build: (g, x) => multiply(g, x, g.scalar(2)) })
    expect(wrongValue.map((error) => error.slice(0, 10))).toEqual(['the value ', 'gradient 0'])

    // The value is right; one of the two ways from x to x² passes no gradient.
    const wrongGradient = await checkOperator(nodeRuntime, {
      ...square,
      build: (g, x) =>
        multiply(g, x, g.apply({ type: 'Identity', inputs: [x], shape: [4], gradient: () => [undefined] }))
    })
    expect(wrongGradient).toEqual([expect.stringMatching(/^gradient 0 is .* not /)])
  })

  it('reports a wrong shape', async () => {
    const errors = await checkOperator(nodeRuntime, {
      name: 'row',
      shapes: [[1, 4]],
      build: relu,
      reference: (x) => ({ dims: [4], data: x.data.map((value) => Math.max(value, 0)) })
    })
    expect(errors).toEqual(['the value has the shape [1, 4], not [4]'])
  })
})
