import type { Value } from '../../onnx/graph.ts'
import { type ConvOptions, conv } from '../../onnx/operators/conv.ts'
import type { PerAxis } from '../../onnx/operators/resample.ts'
import type { ParameterRole } from '../parameters.ts'
import { depthFirst } from './axes.ts'
import type { Scope } from './scope.ts'

/** What makes a convolution besides its channels. */
interface Kernel extends ConvOptions {
  /** Edges of the kernel along D, H, W. */
  readonly edges: PerAxis
  readonly withBias: boolean
  readonly role?: ParameterRole
}

/** A learned convolution to `outputs` channels: `NAME.weight` and, where it has one, `NAME.bias`. */
export function learnedConvolution(scope: Scope, input: Value, name: string, outputs: number, kernel: Kernel): Value {
  const { edges, withBias, role = 'weight', ...options } = kernel
  const inputs = (input.shape[1] as number) / (options.groups ?? 1)
  const weight = scope.parameter(`${name}.weight`, [outputs, inputs, ...edges], role)
  const bias = withBias ? scope.parameter(`${name}.bias`, [outputs], 'bias') : undefined
  return conv(scope.graph, input, weight, bias, options)
}

/** A convolution over channels, voxel by voxel. */
export function pointwise(scope: Scope, input: Value, name: string, outputs: number, withBias: boolean): Value {
  return learnedConvolution(scope, input, name, outputs, { edges: [1, 1, 1], withBias })
}

/**
 * The configured convolution on the same grid: full, in groups, or separated into one over space for each channel
 * (`NAME.depthwise`) and one over channels. An image, whose channels no group divides, is not divided.
 */
export function convolution(scope: Scope, input: Value, name: string, outputs: number, withBias: boolean): Value {
  const { kernel, dilation, convolution: kind, convolutionGroups } = scope.configuration
  const edges = typeof kernel === 'number' ? ([kernel, kernel, kernel] as const) : depthFirst(kernel)
  const dilations = [dilation, dilation, dilation] as const
  const channels = input.shape[1] as number
  if (kind === 'depthwise_separable') {
    const shape = { edges, dilations, groups: channels, withBias: false }
    const filtered = learnedConvolution(scope, input, `${name}.depthwise`, channels, shape)
    return pointwise(scope, filtered, name, outputs, withBias)
  }
  const groups = channels % convolutionGroups === 0 ? convolutionGroups : 1
  return learnedConvolution(scope, input, name, outputs, { edges, dilations, groups, withBias })
}
