import { ResourceError } from '../core/errors.ts'
import type { ModelFiles } from './open-model.ts'

/** Where the two files of a model lie. */
export interface ModelAddresses {
  readonly detector: string | URL
  readonly segmenter: string | URL
}

/**
 * Fetches the two files of a model.
 * @throws ResourceError naming the address that could not be fetched
 *
 * @example
 * ```ts
 * import { openModel } from 'otomark'
 * import { fetchModelFiles, openWebRuntime } from 'otomark/browser'
 *
 * const files = await fetchModelFiles({ detector: '/model/detector.onnx', segmenter: '/model/segmenter.onnx' })
 * const runtime = await openWebRuntime({ provider: 'wasm', files: new URL('/onnxruntime/', location.href).href })
 * const model = await openModel(files, runtime)
 * ```
 */
export async function fetchModelFiles({ detector, segmenter }: ModelAddresses): Promise<ModelFiles> {
  const [detectorBytes, segmenterBytes] = await Promise.all([fetchBytes(detector), fetchBytes(segmenter)])
  return {
    detector: { source: fileName(detector), bytes: detectorBytes },
    segmenter: { source: fileName(segmenter), bytes: segmenterBytes }
  }
}

/** The bytes at an address. @throws ResourceError where no server answers, or it answers with an error */
export async function fetchBytes(address: string | URL): Promise<Uint8Array<ArrayBuffer>> {
  const failed = (problem: string, options?: ErrorOptions): ResourceError =>
    new ResourceError(`fetching ${address}: ${problem}`, options)
  const response = await fetch(address).catch((cause: unknown) => {
    throw failed('the server does not answer; start it again and reload', { cause })
  })
  if (!response.ok) throw failed(`the server answers with ${response.status}; check the address`)
  return new Uint8Array(await response.arrayBuffer())
}

function fileName(address: string | URL): string {
  return String(address).split(/[?#]/)[0]?.split('/').at(-1) || String(address)
}
