import dcmjs from 'dcmjs'
import { deflateSync } from 'fflate'
import { softwareVersion } from '../../core/version.ts'

/** The value of an attribute: text, a number, several of them, bytes, or the items of a sequence. */
export type AttributeValue =
  | string
  | number
  | Uint8Array
  | readonly string[]
  | readonly number[]
  | readonly Dataset[]
  | undefined

/** A DICOM data set: values by the keyword of PS3.6. Attributes that are undefined are left out. */
export interface Dataset {
  readonly [keyword: string]: AttributeValue
}

const explicitLittleEndian = '1.2.840.10008.1.2.1'
const deflatedLittleEndian = '1.2.840.10008.1.2.1.99'

export interface EncodingOptions {
  /** Deflated explicit little-endian (PS3.5, A.5): what follows the file meta information is compressed as a whole. */
  readonly deflate?: boolean
}

/** Names otomark as the writer of a file (PS3.7, D.3.3.2); a UUID of ours as a UID (PS3.5, B.2). */
const implementationClass = '2.25.126335641989703939564804406209075117073'

/** A DICOM file (PS3.10), explicit little-endian, its text in UTF-8. @param dataset with SOP Class and Instance UID */
export function encodeDataset(dataset: Dataset, { deflate = false }: EncodingOptions = {}): Uint8Array {
  const { DicomDict, DicomMetaDictionary } = dcmjs.data
  const meta = {
    _vrMap: {},
    FileMetaInformationVersion: new Uint8Array([0, 1]).buffer,
    MediaStorageSOPClassUID: dataset.SOPClassUID,
    MediaStorageSOPInstanceUID: dataset.SOPInstanceUID,
    TransferSyntaxUID: deflate ? deflatedLittleEndian : explicitLittleEndian,
    ImplementationClassUID: implementationClass,
    ImplementationVersionName: `OTOMARK_${softwareVersion}`.slice(0, 16)
  }
  const file = new DicomDict(DicomMetaDictionary.denaturalizeDataset(meta))
  file.dict = DicomMetaDictionary.denaturalizeDataset(natural({ ...dataset, SpecificCharacterSet: 'ISO_IR 192' }))
  const bytes = new Uint8Array(file.write())
  return deflate ? deflated(bytes) : bytes
}

/** A file whose data set, which follows the file meta information, is compressed; of an even length. */
function deflated(file: Uint8Array): Uint8Array {
  // Preamble, prefix and the element with the length of the rest of the file meta information.
  const start = 144 + new DataView(file.buffer, file.byteOffset).getUint32(140, true)
  const packed = evenBytes(deflateSync(file.subarray(start)))
  const result = new Uint8Array(start + packed.length)
  result.set(file.subarray(0, start))
  result.set(packed, start)
  return result
}

/** A data set as dcmjs takes it: changeable, without holes, bytes as buffers of their own with their type named. */
function natural(dataset: Dataset): Record<string, unknown> {
  const result: Record<string, unknown> = {}
  const types: Record<string, string> = {}
  for (const [keyword, value] of Object.entries(dataset)) {
    if (value === undefined) continue
    if (value instanceof Uint8Array) {
      types[keyword] = 'OB'
      result[keyword] = [evenBytes(value).buffer]
    } else if (isSequence(value)) result[keyword] = value.map(natural)
    else result[keyword] = typeof value === 'object' ? [...value] : value
  }
  return { ...result, _vrMap: types }
}

function isSequence(value: AttributeValue): value is readonly Dataset[] {
  return Array.isArray(value) && (value.length === 0 || typeof value[0] === 'object')
}

function evenBytes(bytes: Uint8Array): Uint8Array {
  const padded = new Uint8Array(bytes.length + (bytes.length % 2))
  padded.set(bytes)
  return padded
}
