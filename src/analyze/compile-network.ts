import { buildNetwork } from '../network/build-network.ts'
import { decodeModel } from '../network/model-file.ts'
import { encodeGraph } from '../onnx/encode.ts'
import { lower } from '../onnx/lowering/lower.ts'
import type { Target } from '../onnx/lowering/rewrite.ts'

export { decodeModel }

/** The network of a model file as the bytes of an ONNX graph for a runtime. */
export function compileNetwork({ metadata, weights }: ReturnType<typeof decodeModel>, target: Target): Uint8Array {
  return encodeGraph(lower(buildNetwork(metadata.network, metadata.grid.size, weights), target))
}
