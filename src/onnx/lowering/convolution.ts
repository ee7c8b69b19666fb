import type { Attribute, Node, Value } from '../graph.ts'

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

function numbers(attribute: Attribute | undefined, otherwise: readonly number[]): readonly number[] {
  return Array.isArray(attribute) ? attribute : otherwise
}
