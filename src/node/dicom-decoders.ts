import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { FrameDecoders } from '../io/dicom/decode.ts'
import { htj2kDecoder, type OpenJph } from '../io/dicom/htj2k.ts'
import { itkDecoder, itkPipeline } from '../io/dicom/itk.ts'
import { withMutedConsole } from './muted-console.ts'

const require = createRequire(import.meta.url)

/** The decoders of compressed DICOM pixels, in memory: nothing is written to the disk. */
export const dicomDecoders: FrameDecoders = {
  itk: itkDecoder(async (words, files) => {
    // Loaded when it is needed: a tenth of what every command takes to begin.
    const { InterfaceTypes, runPipelineNode } = await import('itk-wasm')
    const program = join(dirname(require.resolve('@itk-wasm/dicom')), 'pipelines', itkPipeline)
    const inputs = files.map((data) => ({ type: InterfaceTypes.BinaryFile, data: { ...data } }))
    const wanted = [{ type: InterfaceTypes.Image }, { type: InterfaceTypes.JsonCompatible }]
    const { returnValue, stderr, outputs } = await withMutedConsole(() =>
      runPipelineNode(program, [...words], wanted, inputs)
    )
    if (returnValue !== 0) throw new Error(stderr)
    const image = outputs[0]?.data
    return typeof image === 'object' && image !== null && 'data' in image ? image.data : undefined
  }),
  htj2k: htj2kDecoder(async () => {
    const open: (options: object) => Promise<OpenJph> = require('@cornerstonejs/codec-openjph')
    return open({ print: () => {}, printErr: () => {} })
  })
}
