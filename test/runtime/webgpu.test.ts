import { expect, it } from 'vitest'
import { encodeGraph } from '../../src/onnx/encode.ts'
import { Graph } from '../../src/onnx/graph.ts'
import { relu } from '../../src/onnx/operators/activation.ts'
import { nodeRuntime, nodeWebgpuRuntime } from '../../src/runtime/node.ts'
import { sessionConformance } from '../conformance/session.ts'
import { trainingLosses } from '../conformance/training.ts'

/** Why WebGPU cannot be used here; undefined where it can. */
async function obstacle(): Promise<string | undefined> {
  const graph = new Graph()
  graph.output('y', relu(graph, graph.input('x', [1])))
  try {
    await (await nodeWebgpuRuntime.open(encodeGraph(graph))).release()
    return undefined
  } catch (error) {
    return String(error)
  }
}

const reason = await obstacle()
if (reason === undefined) {
  sessionConformance(nodeWebgpuRuntime)

  it('trains with the losses of the CPU to four decimals', async () => {
    const [found, expected] = [await trainingLosses(nodeWebgpuRuntime, 4), await trainingLosses(nodeRuntime, 4)]
    for (const [step, loss] of expected.entries()) expect(found[step]).toBeCloseTo(loss, 4)
  })
} else it.skip(`a session of ${nodeWebgpuRuntime.name} (${reason})`)
