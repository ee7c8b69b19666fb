import { availableParallelism } from 'node:os'
import type { InferenceSession } from 'onnxruntime-web'
import { ResourceError } from '../core/errors.ts'
import { type OnnxRuntime, openOnnxSession } from './onnx-session.ts'
import type { Runtime, SessionOptions } from './session.ts'

/** The package of ONNX Runtime that runs graphs in this process. */
export interface NodeEngine {
  readonly package: 'onnxruntime-node' | 'onnxruntime-web'
  /** Why the native package does not run here; undefined where it does. */
  readonly missing?: string
}

/**
 * ONNX Runtime's CPU provider in Node. Where its native package is not installed or does not load, the same graphs run
 * on WebAssembly, several times slower: `findNodeEngine` says which. Nothing is loaded before the first use.
 */
export const nodeRuntime: Runtime = {
  name: 'ONNX Runtime in Node',
  threadsOf: ({ threads }) => threads ?? availableParallelism(),
  async target() {
    const { ort } = await loadEngine()
    return ort === undefined ? { provider: 'wasm' } : { provider: 'cpu', block: await channelBlock(ort) }
  },
  async open(model, options = {}) {
    const { ort } = await loadEngine()
    if (ort === undefined) return openOnWasm(model, options)
    return openOnnxSession(ort, model, { executionProviders: ['cpu'], ...common(options) })
  }
}

/** ONNX Runtime's WebGPU provider in Node; `open` throws a ResourceError where the machine has no graphics adapter. */
export const nodeWebgpuRuntime: Runtime = {
  name: 'onnxruntime-node (webgpu)',
  target: async () => ({ provider: 'webgpu' }),
  async open(model, options = {}) {
    const ort = await loadNative()
    return openOnnxSession(ort, model, { executionProviders: ['webgpu'], ...common(options) }).catch(
      (cause: unknown) => {
        if (!(cause instanceof Error && cause.message.includes('adapter'))) throw cause
        throw new ResourceError('WebGPU: this machine gives no graphics adapter; use the provider cpu', { cause })
      }
    )
  }
}

/**
 * Which package of ONNX Runtime `nodeRuntime` runs on. Installing `onnxruntime-node` runs a script that downloads files
 * from outside the npm registry; where it cannot, npm leaves the package out, since it is an optional dependency.
 *
 * @example
 * ```ts
 * import { findNodeEngine } from 'otomark/node'
 *
 * const { package: engine, missing } = await findNodeEngine()
 * console.log(engine, missing ?? 'at full speed')
 * ```
 */
export async function findNodeEngine(): Promise<NodeEngine> {
  const { missing } = await loadEngine()
  return missing === undefined ? { package: 'onnxruntime-node' } : { package: 'onnxruntime-web', missing }
}

interface LoadedEngine {
  /** The native package. */
  readonly ort?: OnnxRuntime
  readonly missing?: string
}

let loading: Promise<LoadedEngine> | undefined
let block: Promise<number | undefined> | undefined

function loadEngine(): Promise<LoadedEngine> {
  loading ??= loadNative().then(
    (ort) => ({ ort }),
    (error: unknown) => ({ missing: whyMissing(error) })
  )
  return loading
}

function channelBlock(ort: OnnxRuntime): Promise<number | undefined> {
  // Loaded when it is needed: it builds a graph, and the library shall be imported without what that takes.
  block ??= import('./channel-block.ts').then(({ findChannelBlock }) => findChannelBlock(ort))
  return block
}

async function loadNative(): Promise<OnnxRuntime> {
  // The published binaries send telemetry to Microsoft unless it is turned off before the first session; patients' scans are
  // private.
  process.env.ORT_DISABLE_TELEMETRY = '1'
  return import('onnxruntime-node')
}

/** @throws any error that does not mean that the package is missing or built for another system */
function whyMissing(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const message = error instanceof Error ? error.message : String(error)
  if (code === 'ERR_MODULE_NOT_FOUND' && message.includes('onnxruntime-node')) return 'it is not installed'
  if (code === 'MODULE_NOT_FOUND' && message.includes('onnxruntime_binding')) return 'it has no build for this system'
  if (code === 'ERR_DLOPEN_FAILED') return `this system cannot load it: ${message.split('\n')[0]}`
  throw error
}

/** Threads of WebAssembly are set by the first session of the process and stay. */
async function openOnWasm(
  model: Uint8Array,
  { threads, keepMemory = false }: SessionOptions
): ReturnType<Runtime['open']> {
  const ort = await import('onnxruntime-web')
  ort.env.wasm.numThreads ??= threads ?? availableParallelism()
  return openOnnxSession(ort, model, { executionProviders: ['wasm'], enableCpuMemArena: keepMemory })
}

function common({ threads, keepMemory = false, asWritten = false }: SessionOptions): InferenceSession.SessionOptions {
  return {
    // The system clears new memory on every run, which takes a third of a training step's time. Keeping it needs about a third
    // more memory.
    enableCpuMemArena: keepMemory,
    // A memory plan made in the first run allocates all memory again, in addition to that kept of that run, and saves no time.
    enableMemPattern: !keepMemory,
    graphOptimizationLevel: asWritten ? 'disabled' : 'all',
    // Threads that wait by spinning gain little on an idle machine and take three times as long on a busy one.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
    ...(threads !== undefined && { intraOpNumThreads: threads })
  }
}
