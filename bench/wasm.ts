import * as ort from 'onnxruntime-web'
import { openOnnxSession } from '../src/runtime/onnx-session.ts'
import type { Runtime } from '../src/runtime/session.ts'

/** The browser's ONNX Runtime in Node: the same code of WebAssembly in the same engine as Chromium's. */
export function wasmInNode(threads: number): Runtime {
  ort.env.wasm.numThreads = threads
  return {
    name: `onnxruntime-web (wasm in Node, threads: ${threads})`,
    target: async () => ({ provider: 'wasm' }),
    open: (model, { keepMemory = false } = {}) =>
      openOnnxSession(ort, model, { executionProviders: ['wasm'], enableCpuMemArena: keepMemory })
  }
}
