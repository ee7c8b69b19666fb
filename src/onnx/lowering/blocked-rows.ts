import type { Graph, Value } from '../graph.ts'
import { multiply } from '../operators/arithmetic.ts'
import { pad } from '../operators/pad.ts'
import { reshape } from '../operators/reshape.ts'
import { slice } from '../operators/slice.ts'
import { transpose } from '../operators/transpose.ts'
import { type Shape, sameShape } from '../shape.ts'

/**
 * ONNX Runtime's operators on blocked channels (NCHWc), twice as fast as its 3-D convolution: blocks of 8 or 16
 * channels, as the machine's registers hold, are outermost, the channels of a block innermost. They are 2-D, so a volume
 * [1, C, D, H, W] is laid out as an image [1, C, D · (H + 1), W] of all its rows, with a row of zeros after each plane: one
 * row further is one step along H, H + 1 rows further one step along D.
 */
export const blockedDomain = 'com.microsoft.nchwc'

/** Whether a volume can be laid out in blocks: a single item whose channels fill whole blocks. */
export function fillsBlocks({ shape }: Value, block: number): boolean {
  return shape.length === 5 && shape[0] === 1 && (shape[1] as number) % block === 0
}

/** The rows of a volume, with a row of zeros after each plane; channels are not blocked. */
export function rowsOf(graph: Graph, volume: Value): Value {
  const [, channels, d, h, w] = volume.shape as [number, number, number, number, number]
  return reshape(graph, pad(graph, volume, [0, 0, 0, 0, 0], [0, 0, 0, 1, 0]), [1, channels, d * (h + 1), w])
}

/** A volume as blocked rows; the blocked rows it was made from where it was made by `volumeOf`. */
export function blockedRowsOf(graph: Graph, volume: Value): Value {
  const rows = rowsOf(graph, volume)
  return (
    knownBlockedRows(graph, volume) ??
    graph.apply({ type: 'ReorderInput', domain: blockedDomain, inputs: [rows], shape: rows.shape })
  )
}

/** The volume that blocked rows stand for; where it is to be found again, the rows after the planes are zeros. */
export function volumeOf(graph: Graph, rows: Value, shape: Shape): Value {
  const [, channels, d, h, w] = shape as [number, number, number, number, number]
  const reordered = graph.apply({
    type: 'ReorderOutput',
    domain: blockedDomain,
    inputs: [rows],
    attributes: { channels },
    shape: [1, channels, d * (h + 1), w]
  })
  return slice(graph, reshape(graph, reordered, [1, channels, d, h + 1, w]), 3, 0, h)
}

/** The blocked rows that `volumeOf` made a volume from. */
export function knownBlockedRows(graph: Graph, volume: Value): Value | undefined {
  let node = graph.producer(volume)
  for (const type of ['Slice', 'Reshape']) {
    if (node?.type !== type) return undefined
    node = graph.producer(node.inputs[0] as Value)
  }
  const [rows] = node?.type === 'ReorderOutput' ? node.inputs : []
  return rows?.shape[1] === volume.shape[1] ? rows : undefined
}

/**
 * The planes from `start` up to, not including, `end` of a volume [1, C, D, H, W], or of one laid out as [C, 1, D, H, W];
 * taken from its blocked rows where it was made from such.
 */
export function planesOf(graph: Graph, volume: Value, start: number, end: number, block?: number): Value {
  const [items, channels, depth, h, w] = volume.shape as [number, number, number, number, number]
  const node = graph.producer(volume)
  const source = node?.type === 'Reshape' && channels === 1 ? (node.inputs[0] as Value) : volume
  const rows = knownBlockedRows(graph, source)
  if (rows === undefined || block === undefined) return slice(graph, volume, 2, start, end)
  const blocks = (items * channels) / block
  const planes = slice(graph, reshape(graph, rows, [blocks, depth, (h + 1) * w * block]), 1, start, end)
  const part = reshape(graph, planes, [1, items * channels, (end - start) * (h + 1), w])
  const shape = [1, items * channels, end - start, h, w]
  return reshape(graph, volumeOf(graph, part, shape), [items, channels, end - start, h, w])
}

/** A weight [O, C, h, w] in the order that blocked convolutions want; C may be less than a block if it is the image's. */
export function blockedWeight(graph: Graph, weight: Value, block: number): Value {
  const [outputs, channels, h, w] = weight.shape as [number, number, number, number]
  const inputs = channels % block === 0 ? [channels / block, block] : [channels, 1]
  const blocks = reshape(graph, weight, [outputs / block, block, ...inputs, h, w])
  return reshape(graph, transpose(graph, blocks, [0, 2, 4, 5, 3, 1]), weight.shape)
}

/** Blocked rows with zeros again in the row after each plane of `height` rows, which a convolution writes over. */
export function zeroed(graph: Graph, rows: Value, height: number, block: number): Value {
  const [, channels, r, w] = rows.shape as [number, number, number, number]
  const mask = graph.constant([height + 1, 1], [...new Array<number>(height).fill(1), 0])
  const planes = reshape(graph, rows, [((channels / block) * r) / (height + 1), height + 1, w * block])
  return reshape(graph, multiply(graph, planes, mask), rows.shape)
}

/** What `zeroed` was made from, for those who do not look at the rows after the planes. */
export function unzeroed(graph: Graph, rows: Value): Value {
  let node = graph.producer(rows)
  for (const type of ['Reshape', 'Mul']) {
    if (node?.type !== type) return rows
    node = graph.producer(node.inputs[0] as Value)
  }
  const [source] = node?.type === 'Reshape' ? node.inputs : []
  return source !== undefined && sameShape(source.shape, rows.shape) ? source : rows
}
