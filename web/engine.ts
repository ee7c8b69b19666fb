/** What runs the networks in the browser. */
export interface Engine {
  readonly provider: 'webgpu' | 'wasm'
  readonly threads: number
}

/** An engine, and why it is this one. */
export interface EngineChoice {
  readonly engine: Engine
  readonly why: string
}

/** What a person may ask for. */
export type EnginePreference = 'automatic' | 'webgpu' | 'wasm'

/** More threads than this share too little work to be worth it. */
const maxThreads = 8

/**
 * The engines of this browser, the one to try first first: WebGPU where there is a real graphics card, else wasm on
 * several threads, else wasm on one.
 */
export async function engineChoices(preference: EnginePreference): Promise<EngineChoice[]> {
  const graphics = await findGraphics()
  const wanted = preference === 'webgpu'
  const choices: EngineChoice[] = []
  if (preference !== 'wasm' && (graphics === 'hardware' || (wanted && graphics === 'software'))) {
    choices.push({ engine: { provider: 'webgpu', threads: 1 }, why: wanted ? 'as chosen' : 'the fastest there is' })
  }
  const without = withoutGraphics[preference === 'wasm' ? 'chosen' : graphics]
  const cores = navigator.hardwareConcurrency
  if (globalThis.crossOriginIsolated && cores > 1) {
    choices.push({ engine: { provider: 'wasm', threads: Math.min(cores, maxThreads) }, why: without })
  }
  const single = cores > 1 && !globalThis.crossOriginIsolated
  const missing = 'the server sends no COOP and COEP headers, without which a page has no threads'
  choices.push({ engine: { provider: 'wasm', threads: 1 }, why: single ? `${without}; ${missing}` : without })
  return choices
}

const withoutGraphics = {
  hardware: 'WebGPU did not work',
  software: 'the only graphics adapter is software, which is slower',
  none: 'this browser gives no graphics adapter',
  chosen: 'as chosen'
} as const

export function engineName({ provider, threads }: Engine): string {
  if (provider === 'webgpu') return 'Graphics card (WebGPU)'
  return threads > 1 ? `Processor (wasm, ${threads} threads)` : 'Processor (wasm, one thread)'
}

interface Adapter {
  readonly isFallbackAdapter?: boolean
  readonly info?: { readonly architecture?: string; readonly isFallbackAdapter?: boolean }
}

async function findGraphics(): Promise<'hardware' | 'software' | 'none'> {
  const { gpu } = navigator as { readonly gpu?: { requestAdapter(): Promise<Adapter | null> } }
  const adapter = await gpu?.requestAdapter().catch(() => null)
  if (!adapter) return 'none'
  const isSoftware =
    adapter.isFallbackAdapter || adapter.info?.isFallbackAdapter || adapter.info?.architecture === 'swiftshader'
  return isSoftware ? 'software' : 'hardware'
}
