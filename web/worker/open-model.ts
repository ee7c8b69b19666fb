import type { Model } from '../../src/analyze/model.ts'
import { openModel } from '../../src/analyze/open-model.ts'
import { ResourceError } from '../../src/core/errors.ts'
import { isGzip } from '../../src/io/inflate.ts'
import { openWebRuntime } from '../../src/runtime/web.ts'
import type { Engine } from '../engine.ts'

/** Opens the page's model. @param base address of the folder the page lies in */
export async function openPageModel(
  { provider, threads }: Engine,
  base: string
): Promise<{ readonly model: Model; readonly runtime: string }> {
  const files = new URL('onnxruntime/', base).href
  const readWasm = async (name: string): Promise<Uint8Array> => unpacked(await fetchBytes(`${files}${name}.gz`))
  const runtime = await openWebRuntime({ provider, files, threads, readWasm })
  const model = await openModel(
    { detector: await modelFile('detector', base), segmenter: await modelFile('segmenter', base) },
    runtime
  )
  return { model, runtime: runtime.name }
}

async function modelFile(name: string, base: string): Promise<{ source: string; bytes: Uint8Array }> {
  return { source: `${name}.onnx`, bytes: await fetchBytes(new URL(`model/${name}.onnx`, base).href) }
}

/** Servers that know the ending unpack it themselves. */
async function unpacked(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  if (!isGzip(bytes)) return bytes
  const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))
  return new Uint8Array(await new Response(plain).arrayBuffer())
}

async function fetchBytes(address: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(address).catch((cause: unknown) => {
    throw new ResourceError(`fetching ${address}: the server does not prediction; start it again and reload`, { cause })
  })
  if (!response.ok)
    throw new ResourceError(`fetching ${address}: the server predictions ${response.status}; reload the page`)
  return new Uint8Array(await response.arrayBuffer())
}
