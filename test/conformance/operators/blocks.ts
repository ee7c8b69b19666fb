import { attentionGate } from '../../../src/network/blocks/attention-gate.ts'
import { dropout } from '../../../src/network/blocks/dropout.ts'
import { labelHead } from '../../../src/network/blocks/heads.ts'
import type { Scope } from '../../../src/network/blocks/scope.ts'
import { squeezeExcitation } from '../../../src/network/blocks/squeeze-excitation.ts'
import { type NetworkConfigurationInput, networkConfiguration } from '../../../src/network/configuration.ts'
import type { Graph, Value } from '../../../src/onnx/graph.ts'
import type { OperatorCase } from './operator-case.ts'
import { at, type Exact, type Index, sum, tabulate } from './reference.ts'

/** A scope whose parameters are inputs, by the end of their names. */
function scopeOf(
  graph: Graph,
  configuration: NetworkConfigurationInput,
  parameters: Readonly<Record<string, Value>>,
  noise?: Value
): Scope {
  const known = (name: string): Value => {
    const value = parameters[name]
    if (value === undefined) throw new Error(`the block asks for ${name}`)
    return value
  }
  return {
    graph,
    configuration: networkConfiguration.parse(configuration),
    parameter: known,
    training: noise && { noise: () => noise, statistics: new Map() }
  }
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))

/** A 1 × 1 × 1 convolution at one voxel. */
function product(x: Exact, weight: Exact, [n = 0, o = 0, ...voxel]: Index): number {
  return sum(x.dims[1] as number, (c) => at(weight, [o, c, 0, 0, 0]) * at(x, [n, c, ...voxel]))
}

const volume = [2, 4, 2, 2, 3]

/** Parts of networks that are more than the operators they are made of. */
export const blockCases: readonly OperatorCase[] = [
  {
    name: 'squeezeExcitation',
    shapes: [volume, [2, 4, 1, 1, 1], [2], [4, 2, 1, 1, 1], [4]],
    build: (graph, x, squeeze, squeezeBias, excitation, excitationBias) =>
      squeezeExcitation(
        scopeOf(
          graph,
          { features: 4, squeezeExcitation: 2 },
          {
            'block.squeeze.weight': squeeze,
            'block.squeeze.bias': squeezeBias,
            'block.excitation.weight': excitation,
            'block.excitation.bias': excitationBias
          }
        ),
        x,
        'block'
      ),
    reference: (x, squeeze, squeezeBias, excitation, excitationBias) => {
      const means = tabulate([2, 4, 1, 1, 1], ([n = 0, c = 0]) => {
        return sum(2, (d) => sum(2, (h) => sum(3, (w) => at(x, [n, c, d, h, w])))) / 12
      })
      const squeezed = tabulate([2, 2, 1, 1, 1], (index) =>
        Math.max(0, product(means, squeeze, index) + at(squeezeBias, [index[1] as number]))
      )
      return tabulate(volume, (index) => {
        const [n = 0, c = 0] = index
        return at(x, index) * sigmoid(product(squeezed, excitation, [n, c, 0, 0, 0]) + at(excitationBias, [c]))
      })
    }
  },
  {
    name: 'attentionGate',
    shapes: [volume, [2, 3, 2, 2, 3], [2, 4, 1, 1, 1], [2, 3, 1, 1, 1], [2], [1, 2, 1, 1, 1], [1]],
    build: (graph, skip, gating, skipWeight, gatingWeight, gatingBias, score, scoreBias) =>
      attentionGate(
        scopeOf(
          graph,
          {},
          {
            'gate.skip.weight': skipWeight,
            'gate.gating.weight': gatingWeight,
            'gate.gating.bias': gatingBias,
            'gate.score.weight': score,
            'gate.score.bias': scoreBias
          }
        ),
        skip,
        gating,
        'gate'
      ),
    reference: (skip, gating, skipWeight, gatingWeight, gatingBias, score, scoreBias) => {
      const between = tabulate([2, 2, 2, 2, 3], (index) => {
        const asked = product(gating, gatingWeight, index) + at(gatingBias, [index[1] as number])
        return Math.max(0, product(skip, skipWeight, index) + asked)
      })
      return tabulate(volume, (index) => {
        const [n = 0, , ...voxel] = index
        return at(skip, index) * sigmoid(product(between, score, [n, 0, ...voxel]) + at(scoreBias, [0]))
      })
    }
  },
  {
    name: 'labelHead, sigmoid',
    shapes: [volume, [2, 4, 1, 1, 1], [2]],
    build: (graph, x, weight, bias) =>
      labelHead(
        scopeOf(graph, { classes: 3, labelHead: 'sigmoid' }, { 'labels.weight': weight, 'labels.bias': bias }),
        x,
        'labels'
      ),
    reference: (x, weight, bias) =>
      tabulate([2, 3, 2, 2, 3], ([n = 0, label = 0, ...voxel]) =>
        label === 0 ? 0 : product(x, weight, [n, label - 1, ...voxel]) + at(bias, [label - 1])
      )
  },
  {
    name: 'dropout',
    shapes: [volume],
    build: (graph, x) => {
      const noise = graph.constant([2, 4, 1, 1, 1], [0.1, 0.3, 0.25, 0.9, 0, 0.24, 0.26, 0.5])
      return dropout(scopeOf(graph, { dropout: 0.25 }, {}, noise), x, 'level')
    },
    reference: (x) => {
      const kept = [0, 1, 1, 1, 0, 0, 1, 1]
      return tabulate(volume, (index) => {
        const [n = 0, c = 0] = index
        return (at(x, index) * (kept[4 * n + c] as number)) / 0.75
      })
    }
  }
]
