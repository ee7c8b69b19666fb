import type { InferenceSession, InferenceSessionFactory, OnnxValue, TensorConstructor } from 'onnxruntime-web'
import type { Session, Tensor } from './session.ts'

/** What the packages of ONNX Runtime have in common; they differ in where they run. */
export interface OnnxRuntime {
  readonly InferenceSession: InferenceSessionFactory
  readonly Tensor: TensorConstructor
}

/** ONNX Runtime's severity "error"; warnings about graph clean-up are no news to a user. */
const errorsOnly = 3

/** Opens a graph in one of ONNX Runtime's packages. */
export async function openOnnxSession(
  { InferenceSession, Tensor }: OnnxRuntime,
  model: Uint8Array,
  options: InferenceSession.SessionOptions
): Promise<Session> {
  const session = await InferenceSession.create(model, { logSeverityLevel: errorsOnly, ...options })
  return {
    inputNames: session.inputNames,
    outputNames: session.outputNames,
    async run(feeds, fetches) {
      const values = Object.entries(feeds).map(([name, { dims, data }]) => [name, new Tensor('float32', data, dims)])
      const results = await session.run(Object.fromEntries(values), [...(fetches ?? session.outputNames)])
      return Object.fromEntries(Object.entries(results).map(([name, value]) => [name, fromOnnx(name, value)]))
    },
    release: () => session.release()
  }
}

function fromOnnx(name: string, { data, dims }: OnnxValue): Tensor {
  if (!(data instanceof Float32Array)) throw new TypeError(`the output ${name} does not hold float32 numbers`)
  return { dims, data }
}
