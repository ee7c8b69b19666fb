import { ResourceError } from '../core/errors.ts'
import { isOutOfMemory } from '../core/out-of-memory.ts'
import { openOnnxSession } from './onnx-session.ts'
import type { Runtime } from './session.ts'
import { type WebBuildName, webBuildFor, webBuilds } from './web-files.ts'

export interface WebRuntimeOptions {
  /** Every browser has wasm; webgpu needs a graphics adapter. */
  readonly provider: 'wasm' | 'webgpu'
  /**
   * Address, ending in a slash, of the folder that holds onnxruntime-web's `.mjs` and `.wasm` files, on the page's own
   * origin. Nothing is loaded from anywhere else, and the Content-Security-Policy
   * `default-src 'self'; script-src 'self' 'wasm-unsafe-eval'` is enough.
   */
  readonly files: string
  /**
   * Threads of every session of the page, all of the machine's when left out. A page that is not cross-origin isolated
   * (headers COOP and COEP) has one.
   */
  readonly threads?: number
  /** Gives the bytes of a `.wasm` file by its name, where they are not to be fetched from `files` as they are. */
  readonly readWasm?: (name: string) => Promise<Uint8Array>
}

/**
 * ONNX Runtime in a browser's page or worker. Its threads are set by the first session of a page and stay.
 * @throws ResourceError if WebGPU is asked for and the browser or the machine has none; the runtime's `open` throws one that
 * names the files of ONNX Runtime where they cannot be loaded
 *
 * @example
 * ```ts
 * import { openWebRuntime } from 'otomark/browser'
 *
 * const runtime = await openWebRuntime({ provider: 'wasm', files: new URL('/onnxruntime/', location.href).href })
 * console.log(runtime.name)
 * ```
 */
export async function openWebRuntime(options: WebRuntimeOptions): Promise<Runtime> {
  const { provider, files, threads, readWasm } = options
  if (provider === 'webgpu' && !(await hasAdapter())) {
    throw new ResourceError('WebGPU: this browser gives no graphics adapter; use the provider wasm')
  }
  const build = webBuildFor(provider)
  const ort = await load(build)
  const workers = globalThis.crossOriginIsolated ? (threads ?? navigator.hardwareConcurrency) : 1
  ort.env.wasm.wasmPaths = files
  ort.env.wasm.numThreads = workers
  if (readWasm !== undefined) ort.env.wasm.wasmBinary = await readWasm(webBuilds[build].wasm)
  return {
    name: `onnxruntime-web (${provider === 'wasm' ? `wasm, threads: ${workers}` : provider})`,
    threadsOf: () => (provider === 'wasm' ? workers : undefined),
    target: async () => ({ provider }),
    open: (model, { keepMemory = false } = {}) =>
      openOnnxSession(ort, model, { executionProviders: [provider], enableCpuMemArena: keepMemory }).catch(
        (cause: unknown) => {
          throw isNotLoaded(cause) ? notLoaded(files, build, cause) : cause
        }
      )
  }
}

/** Whether ONNX Runtime could not be started at all, whatever the model. */
function isNotLoaded(error: unknown): boolean {
  return error instanceof Error && /no available backend found/i.test(error.message) && !isOutOfMemory(error)
}

function notLoaded(files: string, build: WebBuildName, cause: unknown): ResourceError {
  const { loader, wasm } = webBuilds[build]
  return new ResourceError(
    `starting ONNX Runtime: ${files} gives no ${loader} or ${wasm} that runs here; copy both from onnxruntime-web/dist to that address`,
    { cause }
  )
}

async function load(build: WebBuildName): Promise<typeof import('onnxruntime-web')> {
  if (build === 'wasm') return import('onnxruntime-web/wasm')
  return build === 'jspi' ? import('onnxruntime-web/jspi') : import('onnxruntime-web/webgpu')
}

async function hasAdapter(): Promise<boolean> {
  const { gpu } = navigator as { readonly gpu?: { requestAdapter(): Promise<object | null> } }
  return ((await gpu?.requestAdapter()) ?? null) !== null
}
