import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import dcmjs from 'dcmjs'
import { applyAffine, worldFromIndex } from '../../src/core/geometry/geometry.ts'
import { column } from '../../src/core/math/vector.ts'
import type { Scan } from '../../src/core/volume.ts'

/** One slice's attributes by their DICOM keyword, as dcmjs takes them. */
export type SliceAttributes = Record<string, unknown>

export interface DicomSeriesOptions {
  readonly seriesNumber?: number
  readonly description?: string
  readonly modality?: string
  /** RescaleIntercept; pixels are stored as signed 16-bit numbers, HU minus this. */
  readonly intercept?: number
  /** File names get this in front, so that several series fit into one folder. */
  readonly prefix?: string
  /** Changes a slice's attributes before it is written, or leaves the slice out by returning undefined. */
  readonly edit?: (attributes: SliceAttributes, k: number) => SliceAttributes | undefined
}

const explicitLittleEndian = '1.2.840.10008.1.2.1'
const ctImageStorage = '1.2.840.10008.5.1.4.1.1.2'

/**
 * Writes a scan as a series of single-frame CT slices, one file for each k, explicit little-endian. Values are rounded
 * to whole Hounsfield units. Any orthonormal orientation; the slices carry positions, so a left-handed grid comes back
 * with k reversed. Returns the paths written.
 */
export async function writeDicomSeries(
  scan: Scan,
  folder: string,
  options: DicomSeriesOptions = {}
): Promise<string[]> {
  await mkdir(folder, { recursive: true })
  const paths: string[] = []
  for (let k = 0; k < scan.geometry.size[2]; k++) {
    const attributes = sliceAttributes(scan, k, options)
    const edited = options.edit === undefined ? attributes : options.edit(attributes, k)
    if (edited === undefined) continue
    const path = join(folder, `${options.prefix ?? 'slice'}-${String(k + 1).padStart(4, '0')}.dcm`)
    await writeFile(path, encodeDicom(edited))
    paths.push(path)
  }
  return paths
}

/** A DICOM Part 10 file, explicit little-endian, with the given attributes. */
export function encodeDicom(attributes: SliceAttributes): Uint8Array {
  const { DicomDict, DicomMetaDictionary } = dcmjs.data
  const meta = {
    _vrMap: {},
    FileMetaInformationVersion: new Uint8Array([0, 1]).buffer,
    MediaStorageSOPClassUID: attributes.SOPClassUID,
    MediaStorageSOPInstanceUID: attributes.SOPInstanceUID,
    TransferSyntaxUID: explicitLittleEndian,
    ImplementationClassUID: '2.25.80302813137786398554742050926734630921603366648225212145404'
  }
  const file = new DicomDict(DicomMetaDictionary.denaturalizeDataset(meta))
  file.dict = DicomMetaDictionary.denaturalizeDataset(attributes)
  return new Uint8Array(file.write())
}

/** The attributes of one slice of a scan. */
export function sliceAttributes({ geometry, data }: Scan, k: number, options: DicomSeriesOptions): SliceAttributes {
  const [columns, rows] = geometry.size
  const { seriesNumber = 1, intercept = -1024, modality = 'CT' } = options
  const values = data.subarray(k * rows * columns, (k + 1) * rows * columns)
  const stored = Int16Array.from(values, (value) => Math.round(value) - intercept)
  return {
    _vrMap: { PixelData: 'OW' },
    SOPClassUID: ctImageStorage,
    SOPInstanceUID: `2.25.1000.${seriesNumber}.${k + 1}`,
    StudyInstanceUID: '2.25.1000',
    SeriesInstanceUID: `2.25.1000.${seriesNumber}`,
    FrameOfReferenceUID: '2.25.1000.0',
    Modality: modality,
    ImageType: ['ORIGINAL', 'PRIMARY', 'AXIAL'],
    PatientName: 'Generated^Scan',
    PatientID: 'GENERATED',
    SeriesNumber: `${seriesNumber}`,
    SeriesDescription: options.description ?? 'Generated scan',
    InstanceNumber: `${k + 1}`,
    SliceThickness: decimalString(geometry.spacing[2]),
    ImagePositionPatient: applyAffine(worldFromIndex(geometry), [0, 0, k]).map(decimalString),
    ImageOrientationPatient: [...column(geometry.direction, 0), ...column(geometry.direction, 1)].map(decimalString),
    PixelSpacing: [geometry.spacing[1], geometry.spacing[0]].map(decimalString),
    SamplesPerPixel: 1,
    PhotometricInterpretation: 'MONOCHROME2',
    Rows: rows,
    Columns: columns,
    BitsAllocated: 16,
    BitsStored: 16,
    HighBit: 15,
    PixelRepresentation: 1,
    RescaleSlope: '1',
    RescaleIntercept: decimalString(intercept),
    PixelData: [stored.buffer]
  }
}

/** A number with as many digits as fit into the 16 characters of DICOM's decimal strings. */
export function decimalString(value: number): string {
  for (let digits = 15; digits > 0; digits--) {
    const text = String(Number(value.toPrecision(digits)))
    if (text.length <= 16) return text
  }
  throw new RangeError(`${value} does not fit into a decimal string`)
}
