import type { DataSet } from 'dicom-parser'
import type { Vector3 } from '../../core/math/vector.ts'
import { numbersOf, wholeNumberOf } from './elements.ts'
import { framesOf, framesProblem } from './frames.ts'
import { isDicom } from './is-dicom.ts'
import { type ParsedDicom, parseDicom } from './parse.ts'
import { missingPixels } from './pixel-data.ts'
import { formatFault, paddingOf, pixelFormat } from './read-pixel-format.ts'
import { sliceFault, sliceOf } from './read-slice.ts'
import type { DamagedDicom, DicomContent } from './slice.ts'
import { transferSyntax, transferSyntaxes } from './transfer-syntax.ts'
import { unsuitableKind } from './unsuitable.ts'

/** CT Image Storage: classic, enhanced, legacy-converted. */
const ctStorage: readonly string[] = [
  '1.2.840.10008.5.1.4.1.1.2',
  '1.2.840.10008.5.1.4.1.1.2.1',
  '1.2.840.10008.5.1.4.1.1.2.2'
]
const directoryStorage = '1.2.840.10008.1.3.10'
const pictureStorage = /^1\.2\.840\.10008\.5\.1\.4\.1\.1\.7(\.|$)/

/**
 * Reads the header of a DICOM file; pixels are only measured. What is damaged or holds something else says so.
 * @param file what messages call it, within the folder or archive it lies in
 */
export async function readDicomHeader(bytes: Uint8Array, file: string): Promise<DicomContent> {
  if (!isDicom(bytes)) {
    const damage = bytes.length === 0 ? 'is empty (0 bytes)' : 'is no DICOM file, although it is called one'
    return { file, damage, seriesUid: undefined, position: undefined }
  }
  const parsed = await parseDicom(bytes)
  const { data, whole, sopClass } = parsed
  const seriesUid = data.string('x0020000e')
  const [x, y, z] = numbersOf(data, 'x00200032', 3) ?? []
  const position: Vector3 | undefined = x === undefined || y === undefined || z === undefined ? undefined : [x, y, z]
  const damaged = (damage: string): DamagedDicom => ({ file, damage, seriesUid, position })
  const modality = data.string('x00080060')
  if (sopClass === directoryStorage || data.elements.x00041220 !== undefined) {
    return whole ? { file, lists: filesOf(data) } : damaged('is a damaged or truncated DICOMDIR')
  }
  if (parsed.overfull) return damaged('holds more sequence items than any image has')
  if (!whole) return damaged(`is a damaged or truncated DICOM file${unknownSyntax(parsed)}`)
  const isCt = ctStorage.includes(sopClass)
  if (data.elements.x7fe00010 === undefined) {
    if (isCt && (data.elements.x7fe00008 ?? data.elements.x7fe00009) !== undefined) {
      return damaged('holds Float Pixel Data, which is not supported; export it with whole numbers')
    }
    if (isCt) return damaged('is truncated: it ends before its pixels')
    return { file, other: `${modality ?? 'unknown'} object without an image` }
  }
  if (pictureStorage.test(sopClass)) return { file, other: 'secondary capture' }
  if ((modality ?? 'CT') !== 'CT') return { file, other: `${modality} image` }
  if (!isCt && sopClass !== '')
    return { file, other: `image that is not stored as CT (SOP class ${sopClass.slice(0, 64)})` }
  return readCt(parsed, file, damaged)
}

function readCt(parsed: ParsedDicom, file: string, damaged: (damage: string) => DamagedDicom): DicomContent {
  const { data, sopClass } = parsed
  const photometric = data.string('x00280004') ?? ''
  if (photometric === '')
    return damaged('has no Photometric Interpretation, which says whether it holds grey values or colours')
  if (wholeNumberOf(data, 'x00280002') !== 1 || !photometric.startsWith('MONOCHROME')) {
    return { file, other: 'colour image' }
  }
  const frames = framesOf(data)
  if (frames.length === 0) return { file, other: framesProblem(data) }
  const kinds = frames.map(unsuitableKind)
  const [unsuitable] = kinds
  if (unsuitable !== undefined && !kinds.includes(undefined)) return { file, other: unsuitable }
  if (data.elements.x00283000 !== undefined) return { file, other: 'CT whose greys go through a table (Modality LUT)' }
  const pixels = pixelFormat(parsed)
  const fault = formatFault(data, pixels) ?? missingPixels(data, pixels, frames.length)
  if (fault !== undefined) return damaged(fault)
  const image = { file, sopClass, frames: frames.length, pixels, padding: paddingOf(data, pixels) }
  const seen = [...frames.entries()].flatMap(([n, frame]) =>
    kinds[n] !== undefined ? [] : [{ n, frame, fault: sliceFault(frame) }]
  )
  const slices = seen.flatMap(({ n, frame, fault }) => (fault ? [] : (sliceOf(data, frame, n, image) ?? [])))
  const [first] = seen
  if (slices.length === 0 && first?.fault !== undefined) return damaged(first.fault)
  const lost = seen.flatMap(({ n, fault }) => (fault ? [{ ...damaged(fault), file: `frame ${n + 1} of ${file}` }] : []))
  return { file, slices, lost }
}

/** An addition to a message about damage: a file in an unknown transfer syntax may be intact. */
function unknownSyntax({ transferSyntax: uid }: ParsedDicom): string {
  return transferSyntaxes.has(uid)
    ? ''
    : `, or its ${transferSyntax(uid).name}, which is not known, is written otherwise`
}

/** The files that the records of a DICOMDIR name (PS3.3, F.3), as paths from its folder. */
function filesOf(data: DataSet): readonly string[] {
  return (data.elements.x00041220?.items ?? []).flatMap(({ dataSet }) => {
    const id = dataSet?.string('x00041500')
    return id === undefined || id === ''
      ? []
      : [
          id
            .split('\\')
            .map((part) => part.trim())
            .join('/')
        ]
  })
}
