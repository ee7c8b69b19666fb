import type { FrameDecoder } from './decode.ts'
import { frameFile } from './frame-file.ts'

/** ITK's reader of DICOM series: a WebAssembly program of that name in @itk-wasm/dicom. */
export const itkPipeline = 'read-image-dicom-file-series'

/** A file in the memory of the program. */
export interface ItkFile {
  readonly path: string
  readonly data: Uint8Array
}

/**
 * Decodes frames with ITK's reader of series (GDCM), one call for many: starting the program takes longer than decoding.
 * @param run runs the program with the arguments and files given, and gives the voxels of the image it makes
 */
export function itkDecoder(
  run: (words: readonly string[], files: readonly ItkFile[]) => Promise<unknown>
): FrameDecoder {
  return (frames, format) => {
    const files = frames.map((frame, n) => ({ path: `${n}.dcm`, data: frameFile(frame, format, n) }))
    const names = files.map(({ path }) => path)
    return run(['0', '1', '--memory-io', '--input-images', ...names, '--single-sorted-series'], files)
  }
}
