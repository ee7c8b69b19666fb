import { reshape } from '../operators/reshape.ts'
import type { Rewrite } from './rewrite.ts'

/** A transpose that moves only dimensions of size 1 leaves the numbers where they are. */
export const unitTranspose: Rewrite = ({ node, inputs: [value], graph }) => {
  const order = node.attributes.perm
  if (node.type !== 'Transpose' || value === undefined || !Array.isArray(order)) return undefined
  const moving = order.filter((axis: number) => value.shape[axis] !== 1)
  const inOrder = moving.every((axis, n) => n === 0 || axis > moving[n - 1])
  return inOrder ? reshape(graph, value, node.result.shape) : undefined
}
