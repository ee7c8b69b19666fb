import { createRandom } from '../../src/core/math/random.ts'
import { buildNetwork, imageName, tensorShape } from '../../src/network/build-network.ts'
import { decodeModel } from '../../src/network/model-file.ts'
import { encodeGraph } from '../../src/onnx/encode.ts'
import { lower } from '../../src/onnx/lowering/lower.ts'
import { elementCount } from '../../src/onnx/shape.ts'
import type { Runtime } from '../../src/runtime/session.ts'

/** Every so many numbers of an answer are looked at; it shares no factor with a grid. */
const stride = 101

/** A model file's answer to a fixed image of smoothly changing noise: each output, thinned. */
export async function modelOutput(runtime: Runtime, file: Uint8Array): Promise<Record<string, number[]>> {
  const { metadata, weights } = decodeModel(file, 'model')
  const { network, grid } = metadata
  const dims = tensorShape(network.inputChannels, grid.size)
  const random = createRandom(2)
  let level = 0
  const data = Float32Array.from({ length: elementCount(dims) }, () => {
    level = 0.95 * level + random.normal(0, 0.2)
    return Math.max(-1, Math.min(1, level))
  })
  const session = await runtime.open(
    encodeGraph(lower(buildNetwork(network, grid.size, weights), await runtime.target()))
  )
  const answer = await session.run({ [imageName]: { dims, data } }).finally(() => session.release())
  return Object.fromEntries(
    Object.entries(answer).map(([name, tensor]) => [name, [...tensor.data].filter((_, at) => at % stride === 0)])
  )
}
