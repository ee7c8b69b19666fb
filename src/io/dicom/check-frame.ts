import { InputError } from '../../core/errors.ts'
import { codeStreamSize } from './code-stream.ts'
import { isWholeJpeg2000 } from './jpeg-2000.ts'
import { frameBytes, isAsLong, morePixels } from './pixel-data.ts'
import { unpackRle } from './rle.ts'
import type { CtSlice } from './slice.ts'
import { transferSyntax } from './transfer-syntax.ts'

/** Values have more bits than the header says: which of them count is not known. */
export function outgrown(source: string, { file, pixels }: CtSlice): InputError {
  const { bitsStored, bitsAllocated, highBit } = pixels
  return new InputError(
    source,
    `the pixels of ${file} hold more than its header says is stored (${bitsStored} of ${bitsAllocated} bits up to bit ` +
      `${highBit}), so that their values are uncertain; export the series again`
  )
}

export function undecodable(source: string, { file }: CtSlice, name: string, cause?: unknown): InputError {
  return new InputError(source, `the pixels of ${file} cannot be decoded as ${name}; the file is damaged`, { cause })
}

/** A frame of RLE as plain bytes. @throws InputError if it is damaged or holds more pixels than declared */
export function unpackedRle(source: string, slice: CtSlice, bytes: Uint8Array): Uint8Array {
  const { file, pixels } = slice
  const unpacked = unpackRle(bytes, pixels)
  if (unpacked === undefined) throw undecodable(source, slice, transferSyntax(pixels.transferSyntax).name)
  if (unpacked === 'more') throw new InputError(source, `${file} is damaged: it ${morePixels(pixels, 1)}`)
  return unpacked
}

/** Checks a plain frame, which the header does not measure where it lies in a fragment. */
export function checkLength(source: string, { file, pixels }: CtSlice, bytes: Uint8Array): void {
  const declared = frameBytes(pixels)
  if (isAsLong(bytes.length, declared)) return
  const fault = bytes.length < declared ? 'holds fewer pixels than its header declares' : morePixels(pixels, 1)
  throw new InputError(source, `${file} is damaged: it ${fault}`)
}

/** Checks a compressed frame: a decoder allocates memory, and runs, by its size, not by that in the DICOM header. */
export function checkStream(source: string, slice: CtSlice, bytes: Uint8Array): void {
  const { file, pixels } = slice
  if (bytes[0] === 0xff && bytes[1] === 0x4f && !isWholeJpeg2000(bytes)) {
    throw new InputError(
      source,
      `the pixels of ${file} cannot be decoded; the file is damaged: its JPEG 2000 headers contradict each other`
    )
  }
  const size = codeStreamSize(bytes)
  if (size === undefined) return
  if (size.bits > pixels.bitsAllocated) throw outgrown(source, slice)
  if (size.columns === pixels.columns && size.rows === pixels.rows) return
  throw new InputError(
    source,
    `the pixels of ${file} cannot be decoded; the file is damaged: its header declares ${pixels.columns} × ` +
      `${pixels.rows} pixels, its compressed image ${size.columns} × ${size.rows}`
  )
}
