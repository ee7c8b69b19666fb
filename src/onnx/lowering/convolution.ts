import type { Attribute, Node, Value } from '../graph.ts'
import { elementCount } from '../shape.ts'
import type { Site } from './rewrite.ts'

/** A Conv node's parts, with nothing left out. Per-axis numbers are along D, H, W. */
export interface Convolution {
  readonly value: Value
  readonly weight: Value
  readonly bias: Value | undefined
  readonly kernel: readonly number[]
  readonly strides: readonly number[]
  readonly dilations: readonly number[]
  readonly groups: number
  /** Zeros before each axis, then after each. */
  readonly pads: readonly number[]
}

/** What a node convolves; undefined if it is not a 3-D convolution. */
export function convolutionOf(node: Node): Convolution | undefined {
  const [value, weight, bias] = node.inputs
  if (node.type !== 'Conv' || node.domain !== undefined || value?.shape.length !== 5 || weight === undefined) {
    return undefined
  }
  const { strides, dilations, pads, group } = node.attributes
  return {
    value,
    weight,
    bias,
    kernel: weight.shape.slice(2),
    strides: numbers(strides, [1, 1, 1]),
    dilations: numbers(dilations, [1, 1, 1]),
    groups: typeof group === 'number' ? group : 1,
    pads: numbers(pads, [0, 0, 0, 0, 0, 0])
  }
}

/** What a site convolves, in one group and with stride 1, its operands lowered; undefined for any other node. */
export function denseConvolutionOf({ node, inputs: [value, weight, bias] }: Site): Convolution | undefined {
  const convolution = convolutionOf(node)
  if (convolution === undefined || value === undefined || weight === undefined) return undefined
  const { groups, strides } = convolution
  return groups === 1 && strides.every((n) => n === 1) ? { ...convolution, value, weight, bias } : undefined
}

/** Whether a kernel is as large as a grid and the result as small as a kernel, as in the gradient of a weight. */
export function isGiantKernel({ kernel }: Convolution, { result }: Node): boolean {
  return elementCount(result.shape.slice(2)) * 2 <= elementCount(kernel)
}

/** 0, 1 … up to a count. */
export function counted(count: number): number[] {
  return Array.from({ length: count }, (_, n) => n)
}

function numbers(attribute: Attribute | undefined, otherwise: readonly number[]): readonly number[] {
  return Array.isArray(attribute) ? attribute : otherwise
}
