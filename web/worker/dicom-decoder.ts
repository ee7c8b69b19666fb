import { InterfaceTypes, runPipeline } from 'itk-wasm'
import type { DicomFile, PixelDecoder } from '../../src/io/dicom/read-series.ts'

/** ITK's reader of DICOM series, which is fetched when the first DICOM scan comes. */
const pipeline = 'read-image-dicom-file-series'

/** Decodes pixels with ITK in this worker. @param base address of the folder the page lies in */
export function dicomDecoder(files: readonly DicomFile[], base: string): PixelDecoder {
  const fileOf = new Map(files.map((file) => [file.name, file]))
  return async (names) => {
    // Names of our own, in order: those of the files may hold what ITK takes for something else.
    const inputs = await Promise.all(
      names.map(async (name, n) => ({
        type: InterfaceTypes.BinaryFile,
        data: { path: `${n}.dcm`, data: (await fileOf.get(name)?.read()) as Uint8Array }
      }))
    )
    const words = ['0', '1', '--memory-io', '--input-images', ...inputs.map(({ data }) => data.path)]
    const wanted = [{ type: InterfaceTypes.Image }, { type: InterfaceTypes.JsonCompatible }]
    const { returnValue, stderr, outputs } = await runPipeline(
      pipeline,
      [...words, '--single-sorted-series'],
      wanted,
      inputs,
      { pipelineBaseUrl: new URL('dicom', base).href, webWorker: false }
    )
    if (returnValue !== 0) throw new Error(stderr)
    const image = outputs[0]?.data
    return typeof image === 'object' && image !== null && 'data' in image ? image.data : undefined
  }
}
