import type { Graph, Value } from '../graph.ts'
import { add, divide, multiply, subtract } from '../operators/arithmetic.ts'
import { squareRoot } from '../operators/functions.ts'
import { normalizationEpsilon } from '../operators/instance-normalization.ts'
import { reduceMean } from '../operators/reduce.ts'
import { reshape } from '../operators/reshape.ts'
import type { Rewrite } from './rewrite.ts'

/**
 * Instance normalization from the mean of the squares of centred numbers. ONNX Runtime's wasm kernel takes the
 * difference of two large sums in float32, and loses a thousandth at 128³.
 */
export const centredInstanceNormalization: Rewrite = ({ node, inputs, graph }) => {
  const [value, scale, bias] = inputs
  if (node.type !== 'InstanceNormalization' || value === undefined || scale === undefined || bias === undefined) {
    return undefined
  }
  const perChannel = [1, ...scale.shape, ...value.shape.slice(2).map(() => 1)]
  const centred = subtract(graph, value, spatialMean(graph, value))
  const variance = spatialMean(graph, multiply(graph, centred, centred))
  const deviation = squareRoot(graph, add(graph, variance, graph.scalar(normalizationEpsilon)))
  const factor = divide(graph, reshape(graph, scale, perChannel), deviation)
  return add(graph, multiply(graph, centred, factor), reshape(graph, bias, perChannel))
}

/** The mean of each channel of each item, axis by axis: the rounding of one long sum would grow with its length. */
function spatialMean(graph: Graph, value: Value): Value {
  return value.shape.slice(2).reduceRight((mean, _, axis) => reduceMean(graph, mean, [axis + 2]), value)
}
