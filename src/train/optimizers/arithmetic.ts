import type { Graph, Value } from '../../onnx/graph.ts'
import { add, multiply, scaled, subtract } from '../../onnx/operators/arithmetic.ts'
import type { UpdateInputs } from './optimizer.ts'

/** β mean + (1 − β) sample. */
export function blended(graph: Graph, mean: Value, sample: Value, beta: number): Value {
  return add(graph, scaled(graph, mean, beta), scaled(graph, sample, 1 - beta))
}

/** λ p where decay applies, 0 elsewhere. */
export function decayOf(graph: Graph, { parameters, decays }: UpdateInputs, weightDecay: number): Value {
  return multiply(graph, parameters, scaled(graph, decays, weightDecay))
}

/** The gradient with that of λ |p|² / 2: L2 regularization. */
export function regularized(graph: Graph, inputs: UpdateInputs, weightDecay: number): Value {
  return weightDecay === 0 ? inputs.gradient : add(graph, inputs.gradient, decayOf(graph, inputs, weightDecay))
}

/** p − η direction. */
export function stepped(graph: Graph, { parameters, learningRate }: UpdateInputs, direction: Value): Value {
  return subtract(graph, parameters, multiply(graph, direction, learningRate))
}

/** A row an optimizer has declared. */
export function rowOf({ rows }: UpdateInputs, name: string): Value {
  return declared(rows[name], name)
}

/** A scalar an optimizer has declared. */
export function scalarOf({ scalars }: UpdateInputs, name: string): Value {
  return declared(scalars[name], name)
}

function declared(value: Value | undefined, name: string): Value {
  if (value === undefined) throw new RangeError(`the optimizer was not given its ${name}`)
  return value
}
