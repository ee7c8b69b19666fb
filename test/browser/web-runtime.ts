import type { Runtime } from '../../src/runtime/session.ts'
import { openWebRuntime, type WebRuntimeOptions } from '../../src/runtime/web.ts'

/** onnxruntime-web's files, as the test server gives them. */
export const files = new URL('/node_modules/onnxruntime-web/dist/', location.href).href

export function openRuntime(provider: WebRuntimeOptions['provider']): Promise<Runtime> {
  return openWebRuntime({ provider, files })
}
