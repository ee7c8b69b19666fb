import { InferenceSession, Tensor as OnnxTensor } from 'onnxruntime-node'
import type { Runtime, Session, SessionOptions, Tensor } from './session.ts'

// The published binaries report their use to Microsoft unless told not to before the first session; a patient's scan is
// nobody's business.
process.env.ORT_DISABLE_TELEMETRY = '1'

/** ONNX Runtime's CPU provider in Node. */
export const nodeRuntime: Runtime = { name: 'onnxruntime-node', open }

/** ONNX Runtime's severity "error"; warnings about graph clean-up are no news to a user. */
const errorsOnly = 3

async function open(model: Uint8Array, { threads, keepMemory = false }: SessionOptions = {}): Promise<Session> {
  const session = await InferenceSession.create(model, {
    executionProviders: ['cpu'],
    logSeverityLevel: errorsOnly,
    // Fresh memory must be cleared by the system on every run: a third of a training step's time. Kept memory is about
    // a third more of it.
    enableCpuMemArena: keepMemory,
    // Threads that wait by spinning gain little on an idle machine and take three times as long on a busy one.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
    ...(threads !== undefined && { intraOpNumThreads: threads })
  })
  return {
    inputNames: session.inputNames,
    outputNames: session.outputNames,
    run: async (feeds, fetches) => fromOnnx(await session.run(toOnnx(feeds), [...(fetches ?? session.outputNames)])),
    release: () => session.release()
  }
}

function toOnnx(feeds: Readonly<Record<string, Tensor>>): Record<string, OnnxTensor> {
  return Object.fromEntries(
    Object.entries(feeds).map(([name, { dims, data }]) => [name, new OnnxTensor('float32', data, dims)])
  )
}

function fromOnnx(results: InferenceSession.OnnxValueMapType): Record<string, Tensor> {
  return Object.fromEntries(
    Object.entries(results).map(([name, value]) => {
      if (!(value.data instanceof Float32Array)) throw new TypeError(`the output ${name} does not hold float32 numbers`)
      return [name, { dims: value.dims, data: value.data }]
    })
  )
}
