/**
 * What the page of page.test.ts does: opens the runtime that its address asks for, runs the graph the server gives, and
 * writes the answer, or what went wrong, where the test looks for it.
 */
import { openWebRuntime } from '../../../src/runtime/web.ts'

async function answer(): Promise<unknown> {
  const provider = new URLSearchParams(location.search).get('provider') === 'webgpu' ? 'webgpu' : 'wasm'
  const runtime = await openWebRuntime({ provider, files: new URL('/onnxruntime/', location.href).href, threads: 2 })
  const graph = await fetch('/graph.onnx').then((response) => response.arrayBuffer())
  const session = await runtime.open(new Uint8Array(graph))
  const { result } = await session.run({ image: { dims: [2], data: Float32Array.of(-1, 2) } })
  return { runtime: runtime.name, result: [...(result?.data ?? [])] }
}

document.body.dataset.answer = JSON.stringify(await answer().catch((error: unknown) => ({ error: String(error) })))
