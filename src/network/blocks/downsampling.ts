import type { Value } from '../../onnx/graph.ts'
import { averagePool } from '../../onnx/operators/average-pool.ts'
import { maxPool } from '../../onnx/operators/max-pool.ts'
import type { PerAxis } from '../../onnx/operators/resample.ts'
import { learnedConvolution } from './convolution.ts'
import { layer } from './layer.ts'
import type { Scope } from './scope.ts'

const noPads = [0, 0, 0, 0, 0, 0]

/**
 * Makes the grid coarser by the strides. The learned way is a layer whose kernel is as large as its stride (V-Net,
 * Milletari et al. 2016) and has `channels` outputs.
 */
export function downsample(scope: Scope, input: Value, name: string, channels: number, strides: PerAxis): Value {
  switch (scope.configuration.downsampling) {
    case 'max':
      return maxPool(scope.graph, input, strides)
    case 'average':
      return averagePool(scope.graph, input, strides)
    case 'strided':
      return layer(scope, input, name, channels, (inner, value, weight, outputs, withBias) =>
        learnedConvolution(inner, value, weight, outputs, { edges: strides, strides, pads: noPads, withBias })
      )
  }
}
