import { z } from 'zod'
import type { Graph, Value } from '../../onnx/graph.ts'
import type { Outcomes } from './label-loss-inputs.ts'

export const classWeights = z
  .array(z.number().positive())
  .default([1, 8, 8, 8])
  .describe('weight of each class, background first')

/**
 * The weight of each outcome, [1, outcomes, 1, 1, 1].
 * @throws RangeError if there is not one weight for each class
 */
export function classWeightsOf(graph: Graph, { classes }: Outcomes, weights: readonly number[]): Value {
  const count = Math.max(...classes) + 1
  if (weights.length !== count) throw new RangeError(`${weights.length} class weights were given for ${count} classes`)
  const chosen = classes.map((at) => weights[at] as number)
  return graph.constant([1, chosen.length, 1, 1, 1], chosen)
}
