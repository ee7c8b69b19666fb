import { concat } from '../operators/concat.ts'
import { knownBlockedRows, volumeOf } from './blocked-rows.ts'
import type { Rewrite } from './rewrite.ts'

/** Volumes in blocked rows joined along the channels: their blocks one after the other. */
export const blockedConcat: Rewrite = ({ node, inputs, graph }) => {
  if (node.type !== 'Concat' || node.attributes.axis !== 1) return undefined
  const rows = inputs.flatMap((value) => knownBlockedRows(graph, value) ?? [])
  if (rows.length < inputs.length) return undefined
  return volumeOf(graph, concat(graph, rows, 1), node.result.shape)
}
