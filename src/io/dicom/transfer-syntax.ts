/** How pixels are decoded: read as they are, unpacked here, by ITK, by OpenJPH, or not at all. */
export type PixelCoding = 'plain' | 'rle' | 'itk' | 'htj2k'

/** A transfer syntax (DICOM PS3.5, 10 and A): its name, and how its pixels are decoded, if they can be. */
export interface TransferSyntax {
  readonly name: string
  readonly coding?: PixelCoding
  /** Pixels lie in fragments, in a sequence without a length. */
  readonly encapsulated: boolean
}

export const implicitLittleEndian = '1.2.840.10008.1.2'
export const explicitLittleEndian = '1.2.840.10008.1.2.1'
export const explicitBigEndian = '1.2.840.10008.1.2.2'
export const deflatedLittleEndian = '1.2.840.10008.1.2.1.99'

const whole = (name: string): TransferSyntax => ({ name, coding: 'plain', encapsulated: false })
const coded = (name: string, coding?: PixelCoding): TransferSyntax => ({
  name,
  encapsulated: true,
  ...(coding !== undefined && { coding })
})

/** Those that are known, by their UIDs. */
export const transferSyntaxes: ReadonlyMap<string, TransferSyntax> = new Map([
  [implicitLittleEndian, whole('Implicit VR Little Endian')],
  [explicitLittleEndian, whole('Explicit VR Little Endian')],
  [deflatedLittleEndian, whole('Deflated Explicit VR Little Endian')],
  [explicitBigEndian, whole('Explicit VR Big Endian')],
  ['1.2.840.10008.1.2.1.98', coded('Encapsulated Uncompressed Explicit VR Little Endian', 'plain')],
  ['1.2.840.10008.1.2.5', coded('RLE Lossless', 'rle')],
  ['1.2.840.10008.1.2.4.50', coded('JPEG Baseline', 'itk')],
  ['1.2.840.10008.1.2.4.51', coded('JPEG Extended', 'itk')],
  ['1.2.840.10008.1.2.4.57', coded('JPEG Lossless', 'itk')],
  ['1.2.840.10008.1.2.4.70', coded('JPEG Lossless, first-order prediction', 'itk')],
  ['1.2.840.10008.1.2.4.80', coded('JPEG-LS Lossless', 'itk')],
  ['1.2.840.10008.1.2.4.81', coded('JPEG-LS Near-Lossless', 'itk')],
  ['1.2.840.10008.1.2.4.90', coded('JPEG 2000 Lossless', 'itk')],
  ['1.2.840.10008.1.2.4.91', coded('JPEG 2000', 'itk')],
  ['1.2.840.10008.1.2.4.201', coded('High-Throughput JPEG 2000 Lossless', 'htj2k')],
  ['1.2.840.10008.1.2.4.202', coded('High-Throughput JPEG 2000 Lossless, RPCL', 'htj2k')],
  ['1.2.840.10008.1.2.4.203', coded('High-Throughput JPEG 2000', 'htj2k')],
  ['1.2.840.10008.1.2.4.52', coded('JPEG Extended (3 and 5)')],
  ['1.2.840.10008.1.2.4.53', coded('JPEG Spectral Selection (6 and 8)')],
  ['1.2.840.10008.1.2.4.55', coded('JPEG Full Progression (10 and 12)')],
  ['1.2.840.10008.1.2.4.92', coded('JPEG 2000 Part 2 Multi-component Lossless')],
  ['1.2.840.10008.1.2.4.93', coded('JPEG 2000 Part 2 Multi-component')],
  ['1.2.840.10008.1.2.4.94', coded('JPIP Referenced')],
  ['1.2.840.10008.1.2.4.95', coded('JPIP Referenced Deflate')],
  ['1.2.840.10008.1.2.4.100', coded('MPEG2 Main Profile')],
  ['1.2.840.10008.1.2.4.101', coded('MPEG2 Main Profile, High Level')],
  ['1.2.840.10008.1.2.4.102', coded('MPEG-4 AVC/H.264')],
  ['1.2.840.10008.1.2.4.103', coded('MPEG-4 AVC/H.264, BD-compatible')],
  ['1.2.840.10008.1.2.4.107', coded('HEVC/H.265 Main Profile')],
  ['1.2.840.10008.1.2.4.108', coded('HEVC/H.265 Main 10 Profile')],
  ['1.2.840.10008.1.2.4.110', coded('JPEG XL Lossless')],
  ['1.2.840.10008.1.2.4.111', coded('JPEG XL JPEG Recompression')],
  ['1.2.840.10008.1.2.4.112', coded('JPEG XL')],
  ['1.2.840.10008.1.2.4.204', coded('JPIP HTJ2K Referenced')],
  ['1.2.840.10008.1.2.4.205', coded('JPIP HTJ2K Referenced Deflate')],
  ['1.2.840.10008.1.2.8.1', coded('Deflated Image Frame Compression')]
])

/** What is known of a transfer syntax; one that is not known is called by its UID. */
export function transferSyntax(uid: string): TransferSyntax {
  return transferSyntaxes.get(uid) ?? { name: `transfer syntax ${uid || 'without a UID'}`, encapsulated: true }
}
