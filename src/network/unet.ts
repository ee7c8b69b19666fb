import type { Graph, Value } from '../onnx/graph.ts'
import { concat } from '../onnx/operators/concat.ts'
import { attentionGate } from './blocks/attention-gate.ts'
import { depthFirst } from './blocks/axes.ts'
import { downsample } from './blocks/downsampling.ts'
import { head, labelHead } from './blocks/heads.ts'
import { level } from './blocks/level.ts'
import type { Scope } from './blocks/scope.ts'
import { raise } from './blocks/upsampling.ts'
import { type NetworkConfiguration, strideAt } from './configuration.ts'
import type { NoiseSource, ParameterSource } from './sources.ts'

export interface NetworkOutputs {
  /** Logits [N, classes, D, H, W]; those of a sigmoid head's background are 0. */
  readonly labels?: Value
  /** Heatmaps [N, landmarks, D, H, W], unit peak. */
  readonly landmarks?: Value
}

/** What a network gives in training only. */
export interface TrainingOutputs extends NetworkOutputs {
  /** Logits of the auxiliary label heads on coarser grids, finest first; none without deep supervision. */
  readonly auxiliaryLabels: readonly Value[]
  /** What the running statistics become after the step, by the parameter's name. */
  readonly statistics: ReadonlyMap<string, Value>
}

/**
 * Adds the dual-headed U-Net to a graph (Çiçek et al. 2016): an encoder that makes the grid coarser between levels, a
 * decoder that makes it finer again and takes in the encoder's features, and one 1 × 1 × 1 convolution for each head.
 * @param image [N, inputChannels, D, H, W]; D, H and W can be divided by all strides (`gridMultiples`)
 */
export function applyNetwork(
  graph: Graph,
  configuration: NetworkConfiguration,
  image: Value,
  parameter: ParameterSource
): NetworkOutputs {
  const scope = { graph, configuration, parameter, training: undefined }
  return heads(scope, unet(scope, image)[0] as Value)
}

/** The same network as it is in training: with dropout, batch statistics and auxiliary heads, where it has them. */
export function applyNetworkInTraining(
  graph: Graph,
  configuration: NetworkConfiguration,
  image: Value,
  parameter: ParameterSource,
  noise: NoiseSource
): TrainingOutputs {
  const statistics = new Map<string, Value>()
  const scope = { graph, configuration, parameter, training: { noise, statistics } }
  const [finest, ...coarser] = unet(scope, image)
  const outputs = heads(scope, finest as Value)
  const auxiliaryLabels = coarser
    .slice(0, configuration.deepSupervision)
    .map((features, n) => labelHead(scope, features, `labels.auxiliary.${n + 1}`))
  return { ...outputs, auxiliaryLabels, statistics }
}

/** The features of every level on the way up, finest first. */
function unet(scope: Scope, image: Value): Value[] {
  const { levels, features, attentionGates } = scope.configuration
  const channelsAt = (at: number): number => features * 2 ** at
  const stridesAt = (at: number) => depthFirst(strideAt(scope.configuration, at))

  const skips: Value[] = []
  let result = image
  for (let at = 0; at < levels; at++) {
    const name = `encoder.${at}`
    if (at > 0) result = downsample(scope, result, `${name}.downsampling`, channelsAt(at), stridesAt(at))
    result = level(scope, result, name, channelsAt(at))
    skips.push(result)
  }

  const decoded = [result]
  for (let at = levels - 2; at >= 0; at--) {
    const name = `decoder.${at}`
    const raised = raise(scope, result, `${name}.upsampling`, channelsAt(at), stridesAt(at + 1))
    const skip = skips[at] as Value
    const taken = attentionGates ? attentionGate(scope, skip, raised, `${name}.attention`) : skip
    result = level(scope, concat(scope.graph, [taken, raised], 1), name, channelsAt(at))
    decoded.unshift(result)
  }
  return decoded
}

function heads(scope: Scope, features: Value): NetworkOutputs {
  const { classes, landmarks } = scope.configuration
  return {
    ...(classes > 0 && { labels: labelHead(scope, features, 'labels') }),
    ...(landmarks > 0 && { landmarks: head(scope, features, 'landmarks', landmarks) })
  }
}
