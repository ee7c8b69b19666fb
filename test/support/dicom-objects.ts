import { createRequire } from 'node:module'
import type { Scan } from '../../src/core/volume.ts'
import { type SliceAttributes, sliceAttributes } from './write-dicom-series.ts'

const require = createRequire(import.meta.url)

/** The data set of a DICOM file, without preamble and file meta information. */
export function bareDataSet(file: Uint8Array): Uint8Array {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  return file.slice(144 + view.getUint32(140, true))
}

/** A DICOM file with another transfer syntax around the given data set. */
export function part10(transferSyntax: string, dataSet: Uint8Array): Uint8Array {
  const uid = Buffer.from(transferSyntax + (transferSyntax.length % 2 === 1 ? '\0' : ''), 'latin1')
  const meta = Buffer.alloc(132 + 12 + 8 + uid.length)
  meta.write('DICM', 128, 'latin1')
  const element = (at: number, number: number, vr: string, length: number): void => {
    meta.writeUInt16LE(2, at)
    meta.writeUInt16LE(number, at + 2)
    meta.write(vr, at + 4, 'latin1')
    meta.writeUInt16LE(length, at + 6)
  }
  element(132, 0, 'UL', 4)
  meta.writeUInt32LE(8 + uid.length, 140)
  element(144, 0x10, 'UI', uid.length)
  uid.copy(meta, 152)
  return new Uint8Array(Buffer.concat([meta, dataSet]))
}

/** A file whose pixels, which must come last, are replaced by one compressed fragment for each frame given. */
export function encapsulated(
  file: Uint8Array,
  transferSyntax: string,
  frames: readonly Uint8Array[],
  offsetTable: Uint8Array = new Uint8Array(0)
): Uint8Array {
  const data = Buffer.from(bareDataSet(file))
  const pixels = data.lastIndexOf(Buffer.from([0xe0, 0x7f, 0x10, 0x00]))
  const item = (number: number, value: Uint8Array): Buffer => {
    const head = Buffer.alloc(8)
    head.writeUInt16LE(0xfffe, 0)
    head.writeUInt16LE(number, 2)
    head.writeUInt32LE(value.length + (value.length % 2), 4)
    return Buffer.concat([head, value, Buffer.alloc(value.length % 2)])
  }
  const head = Buffer.from([0xe0, 0x7f, 0x10, 0x00, 0x4f, 0x42, 0, 0, 0xff, 0xff, 0xff, 0xff])
  const table = item(0xe000, offsetTable)
  const items = [table, ...frames.map((frame) => item(0xe000, frame)), item(0xe0dd, new Uint8Array(0))]
  return part10(transferSyntax, Buffer.concat([data.subarray(0, pixels), head, ...items]))
}

/** A file of encapsulated pixels with tables of 64-bit offsets and lengths before them (PS3.3, C.7.6.3.1.8), which hold zeros. */
export function withExtendedOffsets(file: Uint8Array, frames: number): Uint8Array {
  const pixels = Buffer.from(file).lastIndexOf(Buffer.from([0xe0, 0x7f, 0x10, 0x00]))
  const table = (element: number): Buffer => {
    const head = Buffer.from([0xe0, 0x7f, element, 0, 0x4f, 0x56, 0, 0, 0, 0, 0, 0])
    head.writeUInt32LE(8 * frames, 8)
    return Buffer.concat([head, Buffer.alloc(8 * frames)])
  }
  return new Uint8Array(Buffer.concat([file.subarray(0, pixels), table(1), table(2), file.subarray(pixels)]))
}

/** The bytes of 16-bit pixels, little endian, as a frame of RLE Lossless without any run. */
export function encodeRle(pixels: Uint8Array): Uint8Array {
  const segment = (first: number): number[] => {
    const bytes = [...pixels].filter((_, n) => n % 2 === first)
    const parts = Array.from({ length: Math.ceil(bytes.length / 128) }, (_, n) => bytes.slice(128 * n, 128 * n + 128))
    const coded = parts.flatMap((part) => [part.length - 1, ...part])
    return coded.length % 2 === 0 ? coded : [...coded, 0]
  }
  const [high, low] = [segment(1), segment(0)]
  const header = Uint32Array.from({ length: 16 }, (_, n) => [2, 64, 64 + high.length][n] ?? 0)
  return Uint8Array.from([...new Uint8Array(header.buffer), ...high, ...low])
}

/** Signed 16-bit pixels as High-Throughput JPEG 2000, without loss. */
export async function encodeHtj2k(pixels: Int16Array, columns: number, rows: number): Promise<Uint8Array> {
  const { HTJ2KEncoder } = await require('@cornerstonejs/codec-openjph')()
  const encoder = new HTJ2KEncoder()
  const info = {
    width: columns,
    height: rows,
    bitsPerSample: 16,
    componentCount: 1,
    isSigned: true,
    isUsingColorTransform: false
  }
  encoder.getDecodedBuffer(info).set(new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.byteLength))
  encoder.setQuality(true, 0)
  encoder.encode()
  const coded = encoder.getEncodedBuffer().slice()
  encoder.delete()
  return coded
}

/** An Enhanced CT object of a scan, its frames in the order given; `edit` changes the object. */
export function enhancedCt(
  scan: Scan,
  order: readonly number[],
  edit: (attributes: SliceAttributes) => SliceAttributes = (attributes) => attributes
): SliceAttributes {
  const slices = order.map((k) => sliceAttributes(scan, k, {}))
  const {
    ImagePositionPatient: _position,
    ImageOrientationPatient,
    PixelSpacing,
    SliceThickness,
    RescaleSlope,
    RescaleIntercept,
    PixelData: _pixels,
    ...common
  } = slices[0] as SliceAttributes
  const pixels = slices.map(({ PixelData }) => Buffer.from((PixelData as ArrayBuffer[])[0] as ArrayBuffer))
  return edit({
    ...common,
    SOPClassUID: '1.2.840.10008.5.1.4.1.1.2.1',
    NumberOfFrames: String(order.length),
    SharedFunctionalGroupsSequence: [
      {
        PlaneOrientationSequence: [{ ImageOrientationPatient }],
        PixelMeasuresSequence: [{ PixelSpacing, SliceThickness }],
        PixelValueTransformationSequence: [{ RescaleSlope, RescaleIntercept, RescaleType: 'HU' }]
      }
    ],
    PerFrameFunctionalGroupsSequence: slices.map(({ ImagePositionPatient }) => ({
      PlanePositionSequence: [{ ImagePositionPatient }]
    })),
    PixelData: [new Uint8Array(Buffer.concat(pixels)).buffer]
  })
}
