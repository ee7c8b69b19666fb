import type { Value } from '../../onnx/graph.ts'
import { add, scaled } from '../../onnx/operators/arithmetic.ts'
import { batchNormalization, batchStatistics, fixedNormalization } from '../../onnx/operators/batch-normalization.ts'
import { groupNormalization } from '../../onnx/operators/group-normalization.ts'
import { instanceNormalization } from '../../onnx/operators/instance-normalization.ts'
import type { Scope } from './scope.ts'

/** Share of a batch in the running statistics, as is usual. */
const momentum = 0.1

/**
 * The configured normalization, with the learned `NAME.scale` and `NAME.bias` of each channel. Layer normalization (Ba
 * et al. 2016) is group normalization (Wu and He 2018) of a single group.
 */
export function normalize(scope: Scope, value: Value, name: string): Value {
  const { graph, configuration, parameter } = scope
  if (configuration.normalization === 'none') return value
  const channels = [value.shape[1] as number]
  const scale = parameter(`${name}.scale`, channels, 'scale')
  const bias = parameter(`${name}.bias`, channels, 'bias')
  switch (configuration.normalization) {
    case 'instance':
      return instanceNormalization(graph, value, scale, bias)
    case 'group':
      return groupNormalization(graph, value, configuration.groups, scale, bias)
    case 'layer':
      return groupNormalization(graph, value, 1, scale, bias)
    case 'batch':
      return normalizeBatch(scope, value, name, scale, bias)
  }
}

/**
 * Batch normalization (Ioffe and Szegedy 2015): by the statistics of the batch in training, which the running
 * `NAME.mean` and `NAME.variance` follow, and by those in inference.
 */
function normalizeBatch(scope: Scope, value: Value, name: string, scale: Value, bias: Value): Value {
  const { graph, parameter, training } = scope
  const channels = [value.shape[1] as number]
  const mean = parameter(`${name}.mean`, channels, 'mean')
  const variance = parameter(`${name}.variance`, channels, 'variance')
  if (training === undefined) return fixedNormalization(graph, value, { mean, variance }, scale, bias)
  const batch = batchStatistics(graph, value)
  const follow = (running: Value, seen: Value): Value =>
    add(graph, scaled(graph, running, 1 - momentum), scaled(graph, seen, momentum))
  training.statistics.set(`${name}.mean`, follow(mean, batch.mean))
  training.statistics.set(`${name}.variance`, follow(variance, batch.variance))
  return batchNormalization(graph, value, scale, bias)
}
