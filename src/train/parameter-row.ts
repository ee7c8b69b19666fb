import { OtomarkError } from '../core/errors.ts'
import type { Parameter } from '../network/parameters.ts'
import type { Graph, Value } from '../onnx/graph.ts'
import { reshape } from '../onnx/operators/reshape.ts'
import { slice } from '../onnx/operators/slice.ts'
import { elementCount } from '../onnx/shape.ts'
import type { Tensor } from '../runtime/session.ts'

/** Numbers in a row that holds parameters one after the other. */
export function rowLength(parameters: readonly Parameter[]): number {
  return parameters.reduce((sum, { shape }) => sum + elementCount(shape), 0)
}

/** Each parameter cut from the row, by name. */
export function cutRow(graph: Graph, row: Value, parameters: readonly Parameter[]): Map<string, Value> {
  let start = 0
  return new Map(
    parameters.map(({ name, shape }) => {
      const end = start + elementCount(shape)
      const value = reshape(graph, slice(graph, row, 0, start, end), shape)
      start = end
      return [name, value]
    })
  )
}

/**
 * Parameter tensors laid one after the other.
 * @throws OtomarkError if one is missing or has another shape
 */
export function joinTensors(
  parameters: readonly Parameter[],
  find: (name: string) => Tensor | undefined
): Float32Array {
  const row = new Float32Array(rowLength(parameters))
  let start = 0
  for (const { name, shape } of parameters) {
    const tensor = find(name)
    if (tensor === undefined || tensor.dims.join() !== shape.join()) {
      throw new OtomarkError(`the parameter ${name} is missing or has another shape than this network's`)
    }
    row.set(tensor.data, start)
    start += elementCount(shape)
  }
  return row
}

/** The tensors of a row by name, each name after the prefix. Copies. */
export function splitRow(parameters: readonly Parameter[], row: Float32Array, prefix: string): Map<string, Tensor> {
  let start = 0
  return new Map(
    parameters.map(({ name, shape }) => {
      const data = row.slice(start, start + elementCount(shape))
      start += data.length
      return [prefix + name, { dims: shape, data }]
    })
  )
}

/** 1 for each number of a convolution weight, 0 for biases, scales and slopes, which do not decay. */
export function decayMask(parameters: readonly Parameter[]): Float32Array {
  const mask = new Float32Array(rowLength(parameters))
  let start = 0
  for (const { shape, role } of parameters) {
    const end = start + elementCount(shape)
    if (role === 'weight' || role === 'head') mask.fill(1, start, end)
    start = end
  }
  return mask
}
