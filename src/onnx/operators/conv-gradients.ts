import type { Graph, Value } from '../graph.ts'
import type { Shape } from '../shape.ts'
import { type ConvLayout, conv } from './conv.ts'
import { pad } from './pad.ts'
import type { PerAxis } from './resample.ts'
import { reshape } from './reshape.ts'
import { reverse, slice } from './slice.ts'
import { transpose } from './transpose.ts'

const axes = [0, 1, 2] as const

/**
 * The gradient of a convolution with respect to its operand of the given shape: a convolution of the upstream gradient,
 * its voxels set apart by the strides, with the mirrored weight. ONNX Runtime's ConvTranspose computes the same, several
 * times slower.
 */
export function inputGradient(graph: Graph, shape: Shape, weight: Value, upstream: Value, layout: ConvLayout): Value {
  const { kernel, strides, dilations, groups, pads } = layout
  const apart = setApart(graph, upstream, strides)
  const before = axes.map((axis) => dilations[axis] * (kernel[axis] - 1) - (pads[axis] as number))
  const after = axes.map(
    (axis) => (shape[axis + 2] as number) - (apart.shape[axis + 2] as number) + (pads[axis] as number)
  )
  return conv(graph, apart, mirrored(graph, weight, groups), undefined, {
    dilations,
    groups,
    pads: [...before, ...after]
  })
}

/**
 * The gradient with respect to the weight: a convolution too, of the operand with the upstream gradient, items in the
 * place of channels, strides in the place of dilations. Slow as it stands; lowering gives it faster forms.
 */
export function weightGradient(graph: Graph, value: Value, upstream: Value, layout: ConvLayout): Value {
  const { kernel, strides, dilations, groups, pads } = layout
  const after = axes.map((axis) => {
    const reach = strides[axis] * ((upstream.shape[axis + 2] as number) - 1) + 1
    return dilations[axis] * (kernel[axis] - 1) + reach - (value.shape[axis + 2] as number) - (pads[axis] as number)
  })
  // Where the strides leave voxels at the end, no place of the kernel has seen them.
  const seen = axes.reduce((rest, axis) => {
    const length = rest.shape[axis + 2] as number
    return slice(graph, rest, axis + 2, 0, Math.min(length, length + (after[axis] as number)))
  }, value)
  const products = conv(graph, itemsAsChannels(graph, seen, groups), swapped(graph, upstream), undefined, {
    strides: dilations,
    dilations: strides,
    groups,
    pads: [...pads.slice(0, 3), ...after.map((n) => Math.max(0, n))]
  })
  return swapped(graph, products)
}

/** A voxel of each [N, C, D, H, W] at every multiple of the strides, zeros between them. */
function setApart(graph: Graph, value: Value, strides: PerAxis): Value {
  if (strides.every((n) => n === 1)) return value
  const [items, channels, ...grid] = value.shape as [number, number, ...number[]]
  const blocks = reshape(graph, value, [items, channels, ...grid.flatMap((n) => [n, 1])])
  const zeros = [0, 0, ...strides.flatMap((n) => [0, n - 1])]
  const padded = pad(graph, blocks, new Array<number>(8).fill(0), zeros)
  const whole = reshape(graph, padded, [items, channels, ...grid.map((n, axis) => n * (strides[axis] as number))])
  return axes.reduce((rest, axis) => {
    const length = strides[axis] * ((grid[axis] as number) - 1) + 1
    return slice(graph, rest, axis + 2, 0, length)
  }, whole)
}

/** A weight mirrored in space, with the inputs and outputs of each group exchanged. */
function mirrored(graph: Graph, weight: Value, groups: number): Value {
  const [outputs, channels, ...kernel] = weight.shape as [number, number, ...number[]]
  const grouped = reshape(graph, weight, [groups, outputs / groups, channels, ...kernel])
  const exchanged = transpose(graph, grouped, [0, 2, 1, 3, 4, 5])
  const shape = [groups * channels, outputs / groups, ...kernel]
  const positions = kernel.reduce((product, edge) => product * edge, 1)
  if (positions === 1) return reshape(graph, exchanged, shape)
  const flat = reshape(graph, exchanged, [groups * channels, outputs / groups, positions])
  return reshape(graph, reverse(graph, flat, 2), shape)
}

/** [N, groups · C, D, H, W] → [C, groups · N, D, H, W]. */
function itemsAsChannels(graph: Graph, value: Value, groups: number): Value {
  if (groups === 1) return swapped(graph, value)
  const [items, channels, ...grid] = value.shape as [number, number, ...number[]]
  const grouped = reshape(graph, value, [items, groups, channels / groups, ...grid])
  return reshape(graph, transpose(graph, grouped, [2, 1, 0, 3, 4, 5]), [channels / groups, groups * items, ...grid])
}

/** [A, B, D, H, W] → [B, A, D, H, W]. */
function swapped(graph: Graph, value: Value): Value {
  return transpose(graph, value, [1, 0, 2, 3, 4])
}
