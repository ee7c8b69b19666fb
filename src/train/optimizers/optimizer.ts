import type { Graph, Value } from '../../onnx/graph.ts'

/** What an update is made from. All rows are [count]: every trained number of the network, and one for each of them. */
export interface UpdateInputs {
  readonly parameters: Value
  readonly gradient: Value
  /** 1 where weight decay applies, 0 elsewhere. */
  readonly decays: Value
  /** A scalar. */
  readonly learningRate: Value
  /** The optimizer's rows by name; all zero before the first step. */
  readonly rows: Readonly<Record<string, Value>>
  /** The step's scalars by name. */
  readonly scalars: Readonly<Record<string, Value>>
}

/** What a step leaves behind. */
export interface Update {
  readonly parameters: Value
  readonly rows: Readonly<Record<string, Value>>
}

/** A rule by which parameters follow their gradient. */
export interface Optimizer {
  /** Names of the rows it keeps from step to step. */
  readonly rows: readonly string[]
  /** The numbers it needs at step t = 1, 2, …; the same names at every step. */
  scalars(step: number): Readonly<Record<string, number>>
  /** Adds one step to a graph. */
  update(graph: Graph, inputs: UpdateInputs): Update
}
