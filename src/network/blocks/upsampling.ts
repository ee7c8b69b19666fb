import type { Value } from '../../onnx/graph.ts'
import { transposedConv } from '../../onnx/operators/conv-transpose.ts'
import { type PerAxis, upsample } from '../../onnx/operators/resample.ts'
import { convolution } from './convolution.ts'
import type { Scope } from './scope.ts'

/** Makes the grid finer by the strides; the learned ways give `channels` channels, the others keep them. */
export function raise(scope: Scope, input: Value, name: string, channels: number, strides: PerAxis): Value {
  const { graph, configuration, parameter } = scope
  switch (configuration.upsampling) {
    case 'nearest':
    case 'linear':
      return upsample(graph, input, configuration.upsampling, strides)
    case 'resize_convolution':
      return convolution(scope, upsample(graph, input, 'nearest', strides), name, channels, false)
    case 'transposed': {
      const voxels = strides[0] * strides[1] * strides[2]
      const weight = parameter(`${name}.weight`, [voxels * channels, input.shape[1] as number, 1, 1, 1], 'weight')
      return transposedConv(graph, input, weight, strides)
    }
  }
}
