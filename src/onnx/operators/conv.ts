import type { Graph, Value } from '../graph.ts'
import type { Shape } from '../shape.ts'
import { inputGradient, weightGradient } from './conv-gradients.ts'
import { sumTo } from './expand.ts'
import type { PerAxis } from './resample.ts'
import { reshape } from './reshape.ts'

/** How a convolution is laid over the grid, along D, H, W. */
export interface ConvOptions {
  /** Voxels from one place of the kernel to the next; 1 when left out. */
  readonly strides?: PerAxis
  /** Voxels from one element of the kernel to the next; 1 when left out. */
  readonly dilations?: PerAxis
  /** Groups of channels that are convolved apart from each other; 1 when left out. */
  readonly groups?: number
  /** Zeros before D, H, W and after D, H, W; when left out, as many as leave the grid of a convolution of stride 1. */
  readonly pads?: readonly number[]
}

/** A convolution's options with nothing left out. */
export interface ConvLayout extends Required<ConvOptions> {
  readonly kernel: PerAxis
}

const ones: PerAxis = [1, 1, 1]

/**
 * Convolution of [N, C, D, H, W] with a weight [O, C / groups, kD, kH, kW] and a bias [O] unless it is left out.
 * @throws RangeError if they do not fit each other, or a kernel with an even edge is given no pads.
 */
export function conv(graph: Graph, value: Value, weight: Value, bias?: Value, options: ConvOptions = {}): Value {
  const layout = layoutOf(value.shape, weight.shape, options)
  const { kernel, strides, dilations, groups, pads } = layout
  const outputs = weight.shape[0] as number
  return graph.apply({
    type: 'Conv',
    inputs: bias === undefined ? [value, weight] : [value, weight, bias],
    attributes: {
      kernel_shape: kernel,
      pads,
      ...(strides.some((n) => n !== 1) && { strides }),
      ...(dilations.some((n) => n !== 1) && { dilations }),
      ...(groups !== 1 && { group: groups })
    },
    shape: [value.shape[0] as number, outputs, ...resultGrid(value.shape.slice(2), layout)],
    gradient: (upstream, needed) => [
      needed[0] ? inputGradient(graph, value.shape, weight, upstream, layout) : undefined,
      needed[1] ? weightGradient(graph, value, upstream, layout) : undefined,
      needed[2] ? reshape(graph, sumTo(graph, upstream, [1, outputs, 1, 1, 1]), [outputs]) : undefined
    ]
  })
}

function layoutOf(value: Shape, weight: Shape, options: ConvOptions): ConvLayout {
  const { strides = ones, dilations = ones, groups = 1 } = options
  const [outputs, channels, depth, height, width] = weight as [number, number, number, number, number]
  const kernel: PerAxis = [depth, height, width]
  const even = kernel.some((edge) => edge % 2 === 0)
  const fits = value.length === 5 && weight.length === 5 && value[1] === channels * groups && outputs % groups === 0
  if (!fits || (even && options.pads === undefined)) {
    throw new RangeError(`a weight [${weight.join(', ')}] does not fit the tensor [${value.join(', ')}]`)
  }
  const margins = kernel.map((edge, axis) => ((dilations[axis] as number) * (edge - 1)) / 2)
  return { kernel, strides, dilations, groups, pads: options.pads ?? [...margins, ...margins] }
}

function resultGrid(grid: Shape, { kernel, strides, dilations, pads }: ConvLayout): Shape {
  return grid.map((n, axis) => {
    const reach = (dilations[axis] as number) * ((kernel[axis] as number) - 1) + 1
    const places = n + (pads[axis] as number) + (pads[axis + 3] as number) - reach
    return Math.floor(places / (strides[axis] as number)) + 1
  })
}
