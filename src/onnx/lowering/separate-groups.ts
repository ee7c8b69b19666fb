import type { Value } from '../graph.ts'
import { concat } from '../operators/concat.ts'
import { conv } from '../operators/conv.ts'
import type { PerAxis } from '../operators/resample.ts'
import { slice } from '../operators/slice.ts'
import { convolutionOf } from './convolution.ts'
import type { Rewrite } from './rewrite.ts'

/** A convolution in groups as one convolution for each group: WebGPU's kernel for three dimensions knows no groups. */
export const separateGroups: Rewrite = ({ node, inputs: [value, weight, bias], graph }) => {
  const convolution = convolutionOf(node)
  if (convolution === undefined || convolution.groups === 1 || value === undefined || weight === undefined) {
    return undefined
  }
  const { groups, pads, strides, dilations } = convolution
  const options = { pads, strides: perAxis(strides), dilations: perAxis(dilations) }
  const parts = Array.from({ length: groups }, (_, group) => {
    const part = (whole: Value, axis: number): Value => {
      const size = (whole.shape[axis] as number) / groups
      return slice(graph, whole, axis, group * size, (group + 1) * size)
    }
    return conv(graph, part(value, 1), part(weight, 0), bias && part(bias, 0), options)
  })
  return concat(graph, parts, 1)
}

function perAxis([d, h, w]: readonly number[]): PerAxis {
  return [d as number, h as number, w as number]
}
