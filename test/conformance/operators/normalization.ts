import {
  batchNormalization,
  batchStatistics,
  fixedNormalization
} from '../../../src/onnx/operators/batch-normalization.ts'
import { groupNormalization } from '../../../src/onnx/operators/group-normalization.ts'
import { instanceNormalization } from '../../../src/onnx/operators/instance-normalization.ts'
import type { OperatorCase } from './operator-case.ts'
import { at, type Exact, type Index, tabulate } from './reference.ts'

/** Mean and population variance of the elements that share a key, for each key. */
function statistics(
  x: Exact,
  key: (index: Index) => number
): Map<number, { mean: number; variance: number; n: number }> {
  const members = new Map<number, number[]>()
  tabulate(x.dims, (index) => {
    members.set(key(index), [...(members.get(key(index)) ?? []), at(x, index)])
    return 0
  })
  return new Map(
    [...members].map(([name, values]) => {
      const mean = values.reduce((whole, value) => whole + value, 0) / values.length
      const variance = values.reduce((whole, value) => whole + (value - mean) ** 2, 0) / values.length
      return [name, { mean, variance, n: values.length }]
    })
  )
}

/** Each element normalized with those of its key, then scaled channel by channel. */
function normalized(key: (index: Index) => number): (x: Exact, scale: Exact, bias: Exact) => Exact {
  return (x, scale, bias) => {
    const known = statistics(x, key)
    return tabulate(x.dims, (index) => {
      const { mean = 0, variance = 0 } = known.get(key(index)) ?? {}
      const channel = [index[1] as number]
      const standard = (at(x, index) - mean) / Math.sqrt(variance + 1e-5)
      return at(scale, channel) * standard + at(bias, channel)
    })
  }
}

const volume = [2, 4, 2, 3, 2]
const perChannel = [volume, [4], [4]]

const byChannel = (index: Index): number => index[1] as number
const byItem = (index: Index): number => index[0] as number

/** What gives features mean 0 and variance 1. */
export const normalizationCases: readonly OperatorCase[] = [
  {
    name: 'instanceNormalization',
    shapes: perChannel,
    build: instanceNormalization,
    reference: normalized((index) => 10 * byItem(index) + byChannel(index))
  },
  {
    name: 'groupNormalization',
    shapes: perChannel,
    build: (g, x, scale, bias) => groupNormalization(g, x, 2, scale, bias),
    reference: normalized((index) => 10 * byItem(index) + Math.floor(byChannel(index) / 2))
  },
  {
    name: 'groupNormalization of one group, which is layer normalization',
    shapes: perChannel,
    build: (g, x, scale, bias) => groupNormalization(g, x, 1, scale, bias),
    reference: normalized(byItem)
  },
  {
    name: 'batchNormalization of two items',
    shapes: perChannel,
    build: batchNormalization,
    reference: normalized(byChannel)
  },
  {
    name: 'batchNormalization of one item',
    shapes: [[1, 3, 2, 2, 3], [3], [3]],
    build: batchNormalization,
    reference: normalized(byChannel)
  },
  {
    name: 'batchStatistics, mean',
    shapes: [volume],
    build: (g, x) => batchStatistics(g, x).mean,
    reference: (x) => {
      const known = statistics(x, byChannel)
      return tabulate([4], ([channel = 0]) => known.get(channel)?.mean ?? Number.NaN)
    }
  },
  {
    name: 'batchStatistics, variance',
    shapes: [volume],
    build: (g, x) => batchStatistics(g, x).variance,
    reference: (x) => {
      const known = statistics(x, byChannel)
      return tabulate([4], ([channel = 0]) => {
        const { variance = Number.NaN, n = 0 } = known.get(channel) ?? {}
        return (variance * n) / (n - 1)
      })
    }
  },
  {
    name: 'fixedNormalization',
    shapes: [volume, [4], [4], [4], [4]],
    range: [0.5, 2],
    build: (g, x, mean, variance, scale, bias) => fixedNormalization(g, x, { mean, variance }, scale, bias),
    reference: (x, mean, variance, scale, bias) =>
      tabulate(volume, (index) => {
        const channel = [index[1] as number]
        const standard = (at(x, index) - at(mean, channel)) / Math.sqrt(at(variance, channel) + 1e-5)
        return at(scale, channel) * standard + at(bias, channel)
      })
  }
]
