import type { Graph, Value } from '../../../src/onnx/graph.ts'
import type { Shape } from '../../../src/onnx/shape.ts'
import type { Exact } from './reference.ts'

/** An operator, where it is tried, and what it must give there. */
export interface OperatorCase {
  readonly name: string
  /** Of the inputs. */
  readonly shapes: readonly Shape[]
  /** Of the inputs' numbers; −2 to 2 when left out. */
  readonly range?: readonly [number, number]
  /** Whether it passes gradients to all its inputs; it does when left out. */
  readonly differentiable?: boolean
  build(graph: Graph, ...inputs: Value[]): Value
  /** The operator's definition in float64. */
  reference(...inputs: Exact[]): Exact
}
