import { elementCount, type Shape } from '../../../src/onnx/shape.ts'

/** A dense float64 tensor, row-major: what references compute with. */
export interface Exact {
  readonly dims: Shape
  readonly data: Float64Array
}

export type Index = readonly number[]

/** A tensor from the definition of its elements. */
export function tabulate(dims: Shape, element: (index: Index) => number): Exact {
  const index = dims.map(() => 0)
  const data = new Float64Array(elementCount(dims))
  for (let at = 0; at < data.length; at++) {
    data[at] = element(index)
    for (let axis = dims.length - 1; axis >= 0; axis--) {
      index[axis] = ((index[axis] as number) + 1) % (dims[axis] as number)
      if (index[axis] !== 0) break
    }
  }
  return { dims, data }
}

/** An element; 0 outside the tensor. */
export function at({ dims, data }: Exact, index: Index): number {
  let place = 0
  for (let axis = 0; axis < dims.length; axis++) {
    const [n, length] = [index[axis] as number, dims[axis] as number]
    if (n < 0 || n >= length) return 0
    place = place * length + n
  }
  return data[place] as number
}

/** Sum of a term over n = 0 … count − 1. */
export function sum(count: number, term: (n: number) => number): number {
  let result = 0
  for (let n = 0; n < count; n++) result += term(n)
  return result
}

/** A function of each element. */
export function elementwise(f: (x: number) => number): (a: Exact) => Exact {
  return ({ dims, data }) => ({ dims, data: data.map(f) })
}

/** A function of two tensors' elements; dimensions of size 1, and missing outer ones, are repeated. */
export function broadcast(f: (x: number, y: number) => number): (a: Exact, b: Exact) => Exact {
  return (a, b) => {
    const rank = Math.max(a.dims.length, b.dims.length)
    const length = ({ dims }: Exact, axis: number): number => dims[axis - rank + dims.length] ?? 1
    const dims = Array.from({ length: rank }, (_, axis) => Math.max(length(a, axis), length(b, axis)))
    const own = (tensor: Exact, index: Index): Index =>
      tensor.dims.map((n, axis) => (n === 1 ? 0 : (index[axis + rank - tensor.dims.length] as number)))
    return tabulate(dims, (index) => f(at(a, own(a, index)), at(b, own(b, index))))
  }
}
