import type { Graph, Value } from '../graph.ts'
import { add, multiply, scaled, subtract } from './arithmetic.ts'
import { sumTo } from './expand.ts'
import { errorFunction, hyperbolicTangent, minimum, sigmoid, softplus } from './functions.ts'
import { reshape } from './reshape.ts'

/** max(x, 0). */
export function relu(graph: Graph, value: Value): Value {
  const result: Value = graph.apply({
    type: 'Relu',
    inputs: [value],
    shape: value.shape,
    gradient: (upstream) => [multiply(graph, upstream, step(graph, result))]
  })
  return result
}

/** x where positive, slope · x elsewhere; the slope is positive. */
export function leakyRelu(graph: Graph, value: Value, slope: number): Value {
  const result: Value = graph.apply({
    type: 'LeakyRelu',
    inputs: [value],
    attributes: { alpha: { float: slope } },
    shape: value.shape,
    gradient: (upstream) => [
      multiply(graph, upstream, add(graph, scaled(graph, step(graph, result), 1 - slope), graph.scalar(slope)))
    ]
  })
  return result
}

/** x where positive, slope · x elsewhere, with a learned slope [C] for each channel of [N, C, …] (He et al. 2015). */
export function parametricRelu(graph: Graph, value: Value, slope: Value): Value {
  const slopes = reshape(graph, slope, [...slope.shape, ...value.shape.slice(2).map(() => 1)])
  return graph.apply({
    type: 'PRelu',
    inputs: [value, slopes],
    shape: value.shape,
    gradient: (upstream, needed) => {
      const negative = (): Value => subtract(graph, graph.scalar(1), step(graph, value))
      const bend = (): Value => multiply(graph, negative(), subtract(graph, slopes, graph.scalar(1)))
      return [
        needed[0] ? multiply(graph, upstream, add(graph, bend(), graph.scalar(1))) : undefined,
        needed[1]
          ? sumTo(graph, multiply(graph, upstream, minimum(graph, value, graph.scalar(0))), slopes.shape)
          : undefined
      ]
    }
  })
}

/** x where positive, eˣ − 1 elsewhere (Clevert et al. 2016). */
export function elu(graph: Graph, value: Value): Value {
  const result: Value = graph.apply({
    type: 'Elu',
    inputs: [value],
    shape: value.shape,
    gradient: (upstream) => [
      multiply(graph, upstream, add(graph, minimum(graph, result, graph.scalar(0)), graph.scalar(1)))
    ]
  })
  return result
}

/** x Φ(x) with the normal distribution's Φ(x) = (1 + erf(x / √2)) / 2 (Hendrycks and Gimpel 2016). */
export function gelu(graph: Graph, value: Value): Value {
  const share = add(graph, errorFunction(graph, scaled(graph, value, Math.SQRT1_2)), graph.scalar(1))
  return multiply(graph, value, scaled(graph, share, 0.5))
}

/** x / (1 + e⁻ˣ), also called swish (Elfwing et al. 2018). */
export function silu(graph: Graph, value: Value): Value {
  return multiply(graph, value, sigmoid(graph, value))
}

/** x tanh(log(1 + eˣ)) (Misra 2019). */
export function mish(graph: Graph, value: Value): Value {
  return multiply(graph, value, hyperbolicTangent(graph, softplus(graph, value)))
}

/** 1 where positive, 0 elsewhere, in one pass: HardSigmoid(x) = max(0, min(1, αx + β)) with a huge α. */
function step(graph: Graph, value: Value): Value {
  return graph.apply({
    type: 'HardSigmoid',
    inputs: [value],
    attributes: { alpha: { float: 1e30 }, beta: { float: 0 } },
    shape: value.shape
  })
}
