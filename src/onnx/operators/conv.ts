import type { Graph, Value } from '../graph.ts'
import { dimension } from '../shape.ts'
import { convWeightGradient } from './conv-weight-gradient.ts'
import { sumTo } from './expand.ts'
import { reshape } from './reshape.ts'
import { reverse } from './slice.ts'
import { transpose } from './transpose.ts'

/**
 * Convolution of [N, C, D, H, W] with a weight [O, C, k, k, k], k odd, zero-padded so that the grid stays the same, and
 * a bias [O] unless it is left out.
 */
export function conv(graph: Graph, value: Value, weight: Value, bias?: Value): Value {
  const { shape } = value
  const [outputs, channels, kernel] = [
    dimension(weight.shape, 0),
    dimension(weight.shape, 1),
    dimension(weight.shape, 2)
  ]
  if (shape.length !== 5 || channels !== shape[1] || kernel % 2 !== 1) {
    throw new RangeError(`a weight [${weight.shape.join(', ')}] does not fit the tensor [${shape.join(', ')}]`)
  }
  const padding = (kernel - 1) / 2
  return graph.apply({
    type: 'Conv',
    inputs: bias === undefined ? [value, weight] : [value, weight, bias],
    attributes: { kernel_shape: [kernel, kernel, kernel], pads: new Array<number>(6).fill(padding) },
    shape: [dimension(shape, 0), outputs, ...shape.slice(2)],
    gradient: (upstream, needed) => [
      needed[0] ? conv(graph, upstream, mirrored(graph, weight)) : undefined,
      needed[1] ? convWeightGradient(graph, value, upstream, kernel) : undefined,
      needed[2] ? reshape(graph, sumTo(graph, upstream, [1, outputs, 1, 1, 1]), [outputs]) : undefined
    ]
  })
}

/**
 * The weight of the convolution that passes gradients back: mirrored in space, inputs and outputs exchanged. ONNX
 * Runtime's ConvTranspose computes the same, several times slower.
 */
function mirrored(graph: Graph, weight: Value): Value {
  const [outputs, channels, kernel] = weight.shape as [number, number, number]
  const exchanged = transpose(graph, weight, [1, 0, 2, 3, 4])
  if (kernel === 1) return exchanged
  const positions = reshape(graph, exchanged, [channels, outputs, kernel ** 3])
  return reshape(graph, reverse(graph, positions, 2), exchanged.shape)
}
