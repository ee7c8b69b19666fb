import type { Graph, Value } from '../graph.ts'
import { elementCount } from '../shape.ts'
import { add, divide, multiply, negate, scaled, subtract } from './arithmetic.ts'
import { sumTo } from './expand.ts'
import { squareRoot } from './functions.ts'
import { reduceMean } from './reduce.ts'
import { reshape } from './reshape.ts'

/** Added to variances, so that a constant channel has a defined result. */
export const normalizationEpsilon = 1e-5

/**
 * scale · (x − mean) / √(variance + 10⁻⁵) + bias, with the mean and (population) variance of each channel of each item
 * of [N, C, D, H, W]; `scale` and `bias` are [C].
 */
export function instanceNormalization(graph: Graph, value: Value, scale: Value, bias: Value): Value {
  const { shape } = value
  const perChannel = [1, shape[1] as number, ...shape.slice(2).map(() => 1)]
  const spatial = shape.slice(2).map((_, axis) => axis + 2)
  const voxels = elementCount(shape.slice(2))
  return graph.apply({
    type: 'InstanceNormalization',
    inputs: [value, scale, bias],
    attributes: { epsilon: { float: normalizationEpsilon } },
    shape,
    gradient: (upstream, needed) => {
      // With x̂ = (x − μ) r: dx = scale · r · (dy − mean dy − x̂ · mean(dy x̂)), written as p·dy + q·x + s with one
      // number each per channel, so that whole volumes are passed over as seldom as possible.
      const mean = reduceMean(graph, value, spatial)
      const centered = subtract(graph, value, mean)
      const variance = reduceMean(graph, multiply(graph, centered, centered), spatial)
      const inverse = divide(
        graph,
        graph.scalar(1),
        squareRoot(graph, add(graph, variance, graph.scalar(normalizationEpsilon)))
      )
      const meanUpstream = reduceMean(graph, upstream, spatial)
      const correlation = multiply(graph, reduceMean(graph, multiply(graph, upstream, centered), spatial), inverse)
      const p = multiply(graph, reshape(graph, scale, perChannel), inverse)
      const q = negate(graph, multiply(graph, multiply(graph, p, inverse), correlation))
      const s = negate(graph, multiply(graph, p, meanUpstream))
      const byValue = (): Value => add(graph, multiply(graph, upstream, p), add(graph, multiply(graph, centered, q), s))
      const perItem = (value: Value): Value =>
        reshape(graph, sumTo(graph, scaled(graph, value, voxels), perChannel), scale.shape)
      return [
        needed[0] ? byValue() : undefined,
        needed[1] ? perItem(correlation) : undefined,
        needed[2] ? perItem(meanUpstream) : undefined
      ]
    }
  })
}
