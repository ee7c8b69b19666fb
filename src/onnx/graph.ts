import { elementCount, type Shape } from './shape.ts'

export type ElementType = 'float32' | 'int64' | 'bool'

/** A tensor that exists while a graph runs: an input, a constant, or the result of a node. */
export interface Value {
  readonly name: string
  readonly shape: Shape
  readonly type: ElementType
}

/** A node's attribute: whole numbers, text, or `{ float }` and `{ floats }` where ONNX wants real numbers. */
export type Attribute =
  | number
  | readonly number[]
  | string
  | { readonly float: number }
  | { readonly floats: readonly number[] }

/**
 * What a node passes back. `upstream` is the gradient of the loss with respect to the node's result; the answer holds,
 * for each input that is `needed`, the gradient with respect to it, in the input's shape.
 */
export type GradientRule = (upstream: Value, needed: readonly boolean[]) => readonly (Value | undefined)[]

/** One ONNX node with a single result. */
export interface Node {
  readonly type: string
  /** The operator set the type belongs to; ONNX's own when left out. */
  readonly domain: string | undefined
  readonly inputs: readonly Value[]
  readonly attributes: Readonly<Record<string, Attribute>>
  readonly result: Value
  readonly gradient: GradientRule | undefined
}

/** A tensor stored in the graph. */
export interface Constant {
  readonly value: Value
  readonly data: Float32Array | BigInt64Array
}

interface NodeParts {
  readonly type: string
  readonly domain?: string
  readonly inputs: readonly Value[]
  readonly attributes?: Readonly<Record<string, Attribute>>
  readonly shape: Shape
  readonly resultType?: ElementType
  readonly gradient?: GradientRule
}

/**
 * An ONNX graph under construction. Shapes are static: every value knows its own. Nodes are kept in the order they
 * were added, which is an order they can run in; a node that was added before is found again, not added twice.
 */
export class Graph {
  readonly inputs: Value[] = []
  readonly constants: Constant[] = []
  readonly nodes: Node[] = []
  readonly outputs = new Map<string, Value>()
  readonly #producers = new Map<Value, Node>()
  readonly #known = new Map<string, Value>()
  #count = 0

  /** An empty graph, or one that starts with the inputs and stored tensors of another and names nothing as that does. */
  constructor(from?: Graph) {
    if (from === undefined) return
    this.inputs.push(...from.inputs)
    this.constants.push(...from.constants)
    this.#count = from.#count
  }

  /** An input the caller feeds on every run. */
  input(name: string, shape: Shape): Value {
    const value: Value = { name, shape, type: 'float32' }
    this.inputs.push(value)
    return value
  }

  /** A named tensor stored in the model file, such as a trained weight. */
  initializer(name: string, shape: Shape, data: Float32Array): Value {
    if (data.length !== elementCount(shape)) {
      throw new RangeError(`${name}: ${data.length} numbers do not fill the shape [${shape.join(', ')}]`)
    }
    const value: Value = { name, shape, type: 'float32' }
    this.constants.push({ value, data })
    return value
  }

  /** An unnamed constant. */
  constant(shape: Shape, numbers: ArrayLike<number>): Value {
    const data = Float32Array.from(numbers)
    return this.#once(`constant ${shape.join()} ${data.join()}`, () =>
      this.initializer(this.#freshName('constant'), shape, data)
    )
  }

  scalar(number: number): Value {
    return this.constant([], [number])
  }

  /** Whole numbers an operator takes as an input, such as a target shape. */
  integers(numbers: readonly number[]): Value {
    return this.#once(`integers ${numbers.join()}`, () => {
      const value: Value = { name: this.#freshName('integers'), shape: [numbers.length], type: 'int64' }
      this.constants.push({ value, data: BigInt64Array.from(numbers, BigInt) })
      return value
    })
  }

  /** Adds a node, or finds the same node added before. */
  apply(parts: NodeParts): Value {
    const { type, domain, inputs, attributes = {}, shape, resultType = 'float32', gradient } = parts
    const key = `${domain} ${type} ${inputs.map((value) => value.name).join()} ${JSON.stringify(attributes)}`
    return this.#once(key, () => {
      const result: Value = { name: this.#freshName(type), shape, type: resultType }
      const node: Node = { type, domain, inputs, attributes, result, gradient }
      this.nodes.push(node)
      this.#producers.set(result, node)
      return result
    })
  }

  /** Makes a node's result an output of the graph under a name of its own. */
  output(name: string, value: Value): void {
    this.outputs.set(name, value)
  }

  /** The node a value is the result of; undefined for inputs and constants. */
  producer(value: Value): Node | undefined {
    return this.#producers.get(value)
  }

  #once(key: string, make: () => Value): Value {
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const value = make()
    this.#known.set(key, value)
    return value
  }

  #freshName(type: string): string {
    return `${type}_${this.#count++}`
  }
}
