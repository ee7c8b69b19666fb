import type { Graph, Value } from '../../onnx/graph.ts'
import type { NetworkConfiguration } from '../configuration.ts'
import type { NoiseSource, ParameterSource } from '../sources.ts'

/** What every block of a network under construction is given. */
export interface Scope {
  readonly graph: Graph
  readonly configuration: NetworkConfiguration
  readonly parameter: ParameterSource
  /** Undefined for inference, which draws nothing and learns nothing. */
  readonly training: TrainingScope | undefined
}

export interface TrainingScope {
  readonly noise: NoiseSource
  /** What running statistics become after the step, by the parameter's name; blocks add theirs. */
  readonly statistics: Map<string, Value>
}
