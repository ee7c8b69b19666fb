import { slice } from '../operators/slice.ts'
import { knownBlockedRows, volumeOf } from './blocked-rows.ts'
import type { Rewrite } from './rewrite.ts'

/** Whole blocks of the channels of a volume in blocked rows. */
export const blockedSlice: Rewrite = ({ node, inputs: [value], plain, graph, target: { block } }) => {
  if (node.type !== 'Slice' || node.inputs.length !== 4 || block === undefined || value === undefined) return undefined
  const rows = knownBlockedRows(graph, value)
  if (rows === undefined) return undefined
  const [start, end, axis] = node.inputs
    .slice(1)
    .map((input) => Number(plain.constants.find((constant) => constant.value === input)?.data[0]))
  if (start === undefined || end === undefined || axis !== 1 || start % block !== 0 || end % block !== 0)
    return undefined
  return volumeOf(graph, slice(graph, rows, 1, start, end), node.result.shape)
}
