import * as ort from 'onnxruntime-node'
import { ResourceError } from '../core/errors.ts'
import { findChannelBlock } from './channel-block.ts'
import { openOnnxSession } from './onnx-session.ts'
import type { Runtime, SessionOptions } from './session.ts'

// The published binaries report their use to Microsoft unless told not to before the first session; a patient's scan is
// nobody's business.
process.env.ORT_DISABLE_TELEMETRY = '1'

/** ONNX Runtime's CPU provider in Node. */
export const nodeRuntime: Runtime = {
  name: 'onnxruntime-node',
  target: { provider: 'cpu', block: await findChannelBlock() },
  open: (model, options = {}) => openOnnxSession(ort, model, { executionProviders: ['cpu'], ...common(options) })
}

/** ONNX Runtime's WebGPU provider in Node; `open` throws a ResourceError where the machine has no graphics adapter. */
export const nodeWebgpuRuntime: Runtime = {
  name: 'onnxruntime-node (webgpu)',
  target: { provider: 'webgpu' },
  open: (model, options = {}) =>
    openOnnxSession(ort, model, { executionProviders: ['webgpu'], ...common(options) }).catch((cause: unknown) => {
      if (!(cause instanceof Error && cause.message.includes('adapter'))) throw cause
      throw new ResourceError('WebGPU: this machine gives no graphics adapter; use the provider cpu', { cause })
    })
}

function common({
  threads,
  keepMemory = false,
  asWritten = false
}: SessionOptions): ort.InferenceSession.SessionOptions {
  return {
    // Fresh memory must be cleared by the system on every run: a third of a training step's time. Kept memory is about
    // a third more of it.
    enableCpuMemArena: keepMemory,
    // A plan made in the first run takes all its memory anew, beside what is kept of that run, and wins no time.
    enableMemPattern: !keepMemory,
    graphOptimizationLevel: asWritten ? 'disabled' : 'all',
    // Threads that wait by spinning gain little on an idle machine and take three times as long on a busy one.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
    ...(threads !== undefined && { intraOpNumThreads: threads })
  }
}
