import { fetchBytes, fetchModelFiles } from '../../src/analyze/fetch-model.ts'
import type { Model } from '../../src/analyze/model.ts'
import { openModel } from '../../src/analyze/open-model.ts'
import { isGzip } from '../../src/io/inflate.ts'
import { openWebRuntime } from '../../src/runtime/web.ts'
import type { Engine } from '../engine.ts'

/** Opens the page's model. @param base address of the folder the page lies in */
export async function openPageModel({ provider, threads }: Engine, base: string): Promise<Model> {
  const files = new URL('onnxruntime/', base).href
  const readWasm = async (name: string): Promise<Uint8Array> => unpacked(await fetchBytes(`${files}${name}.gz`))
  const runtime = await openWebRuntime({ provider, files, threads, readWasm })
  const address = (name: string): URL => new URL(`model/${name}.onnx`, base)
  const networks = await fetchModelFiles({ detector: address('detector'), segmenter: address('segmenter') })
  return openModel(networks, runtime)
}

/** Servers that know the ending unpack it themselves. */
async function unpacked(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  if (!isGzip(bytes)) return bytes
  const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))
  return new Uint8Array(await new Response(plain).arrayBuffer())
}
