import { findNodeEngine } from '../runtime/node.ts'

/** One line on stderr where ONNX Runtime's native package does not run here and the networks run on WebAssembly. */
export async function announceEngine(): Promise<void> {
  const { missing } = await findNodeEngine()
  if (missing === undefined) return
  process.stderr.write(
    `otomark: onnxruntime-node: ${missing}; the networks run on WebAssembly, several times slower; ` +
      'ONNXRUNTIME_NODE_INSTALL=skip npm install onnxruntime-node adds it\n'
  )
}
