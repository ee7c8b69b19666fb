import { InterfaceTypes, runPipeline } from 'itk-wasm'
import type { FrameDecoders } from '../../src/io/dicom/decode.ts'
import { htj2kDecoder, type OpenJph } from '../../src/io/dicom/htj2k.ts'
import { itkDecoder, itkPipeline } from '../../src/io/dicom/itk.ts'

/** The decoders of compressed DICOM pixels, in this worker. @param base address of the folder the page lies in */
export function dicomDecoders(base: string): FrameDecoders {
  const folder = new URL('dicom/', base).href
  return {
    itk: itkDecoder(async (words, files) => {
      const inputs = files.map((data) => ({ type: InterfaceTypes.BinaryFile, data: { ...data } }))
      const wanted = [{ type: InterfaceTypes.Image }, { type: InterfaceTypes.JsonCompatible }]
      const { returnValue, stderr, outputs } = await runPipeline(itkPipeline, [...words], wanted, inputs, {
        pipelineBaseUrl: folder.replace(/\/$/, ''),
        webWorker: false
      })
      if (returnValue !== 0) throw new Error(stderr)
      const image = outputs[0]?.data
      return typeof image === 'object' && image !== null && 'data' in image ? image.data : undefined
    }),
    htj2k: htj2kDecoder(async () => {
      const { default: open } = (await import(/* @vite-ignore */ `${folder}openjphjs.mjs`)) as OpenJphModule
      return open({ locateFile: (name) => folder + name, print: () => {}, printErr: () => {} })
    })
  }
}

/** OpenJPH as it lies beside the page; bundled, its parts for Node would come along. */
interface OpenJphModule {
  /** Loads the WebAssembly. @param options Emscripten's module options */
  default(options: {
    readonly locateFile: (name: string) => string
    readonly print: () => void
    readonly printErr: () => void
  }): Promise<OpenJph>
}
