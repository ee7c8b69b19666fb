import dcmjs from 'dcmjs'
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

/** Names otomark as the writer of a file (PS3.7, D.3.3.2); a UUID of ours as a UID (PS3.5, B.2). */
const implementationClass = '2.25.126335641989703939564804406209075117073'

/** A DICOM file (PS3.10), explicit little-endian, its text in UTF-8. @param dataset with SOP Class and Instance UID */
export function encodeDataset(dataset: Dataset): Uint8Array {
  const { DicomDict, DicomMetaDictionary } = dcmjs.data
  const meta = {
    _vrMap: {},
    FileMetaInformationVersion: new Uint8Array([0, 1]).buffer,
    MediaStorageSOPClassUID: dataset.SOPClassUID,
    MediaStorageSOPInstanceUID: dataset.SOPInstanceUID,
    TransferSyntaxUID: explicitLittleEndian,
    ImplementationClassUID: implementationClass,
    ImplementationVersionName: `OTOMARK_${softwareVersion}`.slice(0, 16)
  }
  const file = new DicomDict(DicomMetaDictionary.denaturalizeDataset(meta))
  file.dict = DicomMetaDictionary.denaturalizeDataset(natural({ ...dataset, SpecificCharacterSet: 'ISO_IR 192' }))
  return new Uint8Array(file.write())
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
