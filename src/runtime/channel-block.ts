import { encodeGraph } from '../onnx/encode.ts'
import { Graph } from '../onnx/graph.ts'
import { blockedDomain } from '../onnx/lowering/blocked-rows.ts'
import { type OnnxRuntime, openOnnxSession } from './onnx-session.ts'

/**
 * How many channels ONNX Runtime's blocked operators hold together on this machine: 16 with AVX-512, 8 with AVX2;
 * undefined where it has none. Found by looking at where a channel's second number goes.
 */
export async function findChannelBlock(ort: OnnxRuntime): Promise<number | undefined> {
  const graph = new Graph()
  const dims = [1, 64, 1, 2]
  const image = graph.input('image', dims)
  graph.output('blocked', graph.apply({ type: 'ReorderInput', domain: blockedDomain, inputs: [image], shape: dims }))
  try {
    const session = await openOnnxSession(ort, encodeGraph(graph), { executionProviders: ['cpu'] })
    const { blocked } = await session.run({ image: { dims, data: Float32Array.from({ length: 128 }, (_, n) => n) } })
    await session.release()
    const block = blocked?.data.indexOf(1) ?? -1
    return block > 1 ? block : undefined
  } catch {
    // This machine's ONNX Runtime does not know the operators.
    return undefined
  }
}
