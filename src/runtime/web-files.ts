/** A build of onnxruntime-web: what is imported, the script that loads its WebAssembly, and the WebAssembly. */
export interface WebBuild {
  readonly module: string
  readonly loader: string
  readonly wasm: string
}

/** The builds that are used; each fetches one `.wasm`: without WebGPU, with it, and with it where a browser lacks JSPI. */
export const webBuilds = {
  wasm: {
    module: 'ort.wasm.min.mjs',
    loader: 'ort-wasm-simd-threaded.mjs',
    wasm: 'ort-wasm-simd-threaded.wasm'
  },
  jspi: {
    module: 'ort.jspi.min.mjs',
    loader: 'ort-wasm-simd-threaded.jspi.mjs',
    wasm: 'ort-wasm-simd-threaded.jspi.wasm'
  },
  webgpu: {
    module: 'ort.webgpu.min.mjs',
    loader: 'ort-wasm-simd-threaded.asyncify.mjs',
    wasm: 'ort-wasm-simd-threaded.asyncify.wasm'
  }
} as const satisfies Readonly<Record<string, WebBuild>>

export type WebBuildName = keyof typeof webBuilds

/** The build this browser takes for a provider. */
export function webBuildFor(provider: 'wasm' | 'webgpu'): WebBuildName {
  if (provider === 'wasm') return 'wasm'
  return 'Suspending' in WebAssembly ? 'jspi' : 'webgpu'
}
