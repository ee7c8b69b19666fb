import { InputError } from '../core/errors.ts'
import { fromColumns, type Matrix3, norm, scale, type Vector3 } from '../core/math/vector.ts'
import type { Scan } from '../core/volume.ts'
import { checkDeclaredSize, geometryOf } from './check-scan.ts'
import { decimalOf } from './decimal.ts'
import { decodeHeaderText } from './decode-text.ts'
import { fieldOf, type HeaderFields, headerFields, skipOf, wordsOf } from './header-fields.ts'
import { isGzip } from './inflate.ts'
import { type DataFileReader, dataPart, decodeVoxels, type StoredVoxels } from './stored-voxels.ts'
import { lengthUnitOf, type Note, settleUnit } from './units.ts'
import { hounsfieldUnits, type StoredType } from './voxels.ts'

/** Headers longer than this are not looked through for their end, in bytes. */
const longestHeader = 2 ** 16

/**
 * A scan from the bytes of a MetaImage file (https://itk.org/Wiki/ITK/MetaIO/Documentation): `.mha` with its data
 * inside, or `.mhd` with the data in one file beside it. Its world is LPS, as in ITK. Its voxels may share the memory
 * of `bytes`.
 * @param source the file's name, for messages
 * @param readDataFile reads a file that the header names
 * @param note is called with remarks for the reader of the result
 * @throws InputError if it cannot be read or is not one 3-D scalar volume with a known orientation
 */
export async function decodeMetaImage(
  bytes: Uint8Array,
  source: string,
  readDataFile?: DataFileReader,
  note: Note = () => {}
): Promise<Scan> {
  const { fields, end } = parseHeader(bytes, source)
  const fail = (problem: string): never => {
    throw new InputError(source, problem)
  }
  const field = (name: string): string | undefined => fieldOf(source, fields, name)
  const numbers = (count: number, name: string, otherwise?: string): readonly number[] => {
    const text = field(name) ?? otherwise ?? fail(`its header has no field ${name}; export it again`)
    const values = wordsOf(text).map(
      (word) => decimalOf(word) ?? fail(`its header field ${name} holds ${word}, no number`)
    )
    return values.length === count ? values : fail(`its header field ${name} does not hold ${count} numbers`)
  }
  const isTrue = (name: string): boolean => {
    const text = field(name) ?? 'False'
    // What MetaIO takes for true, and `yes`.
    if (/^(t|true|y|yes|1)$/i.test(text)) return true
    return /^(f|false|n|no|0)$/i.test(text) ? false : fail(`its header field ${name} is ${text}, not True or False`)
  }

  const [rank = 0] = numbers(1, 'NDims')
  const [channels] = numbers(1, 'ElementNumberOfChannels', '1')
  if (channels !== 1) fail('holds a colour or vector in each voxel, not one number')
  const modality = field('Modality')?.toUpperCase() ?? ''
  if (/^MET_MOD_(?!CT$|OTHER$|UNKNOWN$)/.test(modality)) {
    fail(`is an image of the modality ${modality.slice('MET_MOD_'.length)}, not a CT; give a CT`)
  }
  const size = checkDeclaredSize(source, numbers(rank, 'DimSize'))
  const elementType = field('ElementType') ?? ''
  const type =
    voxelTypes[elementType.toUpperCase()] ??
    fail(`has voxels of type ${elementType}, which cannot be read; save it as MET_SHORT or MET_FLOAT`)
  if (field('TransformMatrix') === undefined) {
    fail('does not say how it is oriented (TransformMatrix), so left cannot be told from right')
  }
  if (!isTrue('BinaryData')) fail('holds its voxels as text; save it with BinaryData = True')
  const stated = vectorOf(numbers(rank, 'ElementSpacing', field('ElementSize')))
  const millimetres = settleUnit(lengthUnitOf(field('DistanceUnits') ?? '', note), stated, size, note)
  if (field('Offset') === undefined)
    note('it does not say where it lies (Offset): its first voxel is taken for the origin')
  const matrix = numbers(rank * rank, 'TransformMatrix')
  const axes = [0, 1, 2].map((n) => vectorOf(matrix.slice(rank * n, rank * n + 3)))
  const geometry = geometryOf(source, {
    size,
    spacing: scale(stated, millimetres),
    origin: scale(vectorOf(numbers(rank, 'Offset', '0 '.repeat(rank))), millimetres),
    direction: directionOf(axes)
  })
  checkLengths(axes, fail)

  const named = field('ElementDataFile')
  const dataFile = named?.toUpperCase() === 'LOCAL' ? undefined : named
  const data = await dataPart(source, bytes.subarray(end), dataFile, readDataFile)
  const layout: StoredVoxels = {
    size,
    type,
    littleEndian: !isTrue('BinaryDataByteOrderMSB'),
    // MetaIO inflates both.
    compression: isTrue('CompressedData') ? (isGzip(data) ? 'gzip' : 'deflate') : undefined,
    skip: skipOf(source, field('HeaderSize'), 'bytes', -1)
  }
  const stored = await decodeVoxels(source, data, layout, dataFile === undefined ? undefined : note)
  const [slope = 1] = numbers(1, 'ElementToIntensityFunctionSlope', '1')
  const [intercept = 0] = numbers(1, 'ElementToIntensityFunctionOffset', '0')
  return { geometry, data: hounsfieldUnits(source, stored, slope, intercept) }
}

/** Other names that MetaIO knows fields by. */
const fieldSynonyms: ReadonlyMap<string, string> = new Map([
  ['rotation', 'transformmatrix'],
  ['orientation', 'transformmatrix'],
  ['position', 'offset'],
  ['origin', 'offset'],
  ['elementbyteordermsb', 'binarydatabyteordermsb']
])

const voxelTypes: Readonly<Record<string, StoredType>> = {
  MET_CHAR: 'int8',
  MET_UCHAR: 'uint8',
  MET_SHORT: 'int16',
  MET_USHORT: 'uint16',
  MET_INT: 'int32',
  MET_UINT: 'uint32',
  MET_LONG_LONG: 'int64',
  MET_ULONG_LONG: 'uint64',
  MET_FLOAT: 'float32',
  MET_DOUBLE: 'float64'
}

/** The fields by lower-case name, and where the data starts: after ElementDataFile, which is always the last. */
function parseHeader(bytes: Uint8Array, source: string): { fields: HeaderFields; end: number } {
  const text = new TextDecoder('latin1').decode(bytes.subarray(0, longestHeader))
  const last = /^[ \t]*ElementDataFile[ \t]*=.*$\r?\n?/m.exec(text)
  if (last === null || !/^[ \t]*NDims[ \t]*=/m.test(text.slice(0, last.index))) {
    throw new InputError(source, 'is not a MetaImage file: its header has no NDims or no ElementDataFile')
  }
  const end = last.index + last[0].length
  const fields = decodeHeaderText(bytes.subarray(0, end))
    .split(/\r?\n/)
    .flatMap((line): [string, string][] => {
      const at = line.search(/[=:]/)
      return at < 0 ? [] : [[line.slice(0, at), line.slice(at + 1)]]
    })
  return { fields: headerFields(fields, fieldSynonyms), end }
}

function vectorOf(values: readonly number[]): Vector3 {
  return [values[0] as number, values[1] as number, values[2] as number]
}

/** Each row of the matrix in the file is the direction of an axis; they are made exact units. */
function directionOf(axes: readonly Vector3[]): Matrix3 {
  const [x, y, z] = axes.map((axis) => scale(axis, 1 / norm(axis))) as [Vector3, Vector3, Vector3]
  return fromColumns(x, y, z)
}

/** How far a direction's length may be from 1: two decimals. */
const unitLength = 5e-3

function checkLengths(axes: readonly Vector3[], fail: (problem: string) => never): void {
  const odd = axes.map(norm).find((length) => !(Math.abs(length - 1) <= unitLength))
  if (odd === undefined) return
  const length = Number(odd.toPrecision(3))
  fail(`its TransformMatrix holds a direction of length ${length}, not 1; voxel sizes belong into ElementSpacing`)
}
