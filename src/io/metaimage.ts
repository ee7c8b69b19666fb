import { InputError } from '../core/errors.ts'
import { fromColumns, norm, scale, type Vector3 } from '../core/math/vector.ts'
import type { Scan } from '../core/volume.ts'
import { checkDeclaredSize, geometryOf } from './check-scan.ts'
import { decodeHeaderText } from './decode-text.ts'
import { type DataFileReader, dataPart, decodeVoxels } from './stored-voxels.ts'
import { hounsfieldUnits, type StoredType } from './voxels.ts'

/** Headers longer than this are not looked through for their end, in bytes. */
const longestHeader = 2 ** 16

/**
 * A scan from the bytes of a MetaImage file (https://itk.org/Wiki/ITK/MetaIO/Documentation): `.mha` with its data
 * inside, or `.mhd` with the data in one file beside it. Its world is LPS, as in ITK. Its voxels may share the memory
 * of `bytes`.
 * @param source the file's name, for messages
 * @param readDataFile reads a file that the header names
 * @throws InputError if it cannot be read or is not one 3-D scalar volume with a known orientation
 */
export async function decodeMetaImage(bytes: Uint8Array, source: string, readDataFile?: DataFileReader): Promise<Scan> {
  const { fields, end } = parseHeader(bytes, source)
  const fail = (problem: string): never => {
    throw new InputError(source, problem)
  }
  const field = (...names: readonly string[]): string | undefined =>
    names.map((name) => fields.get(name.toLowerCase())).find((value) => value !== undefined)
  const numbers = (count: number, ...names: readonly string[]): readonly number[] => {
    const text = field(...names) ?? fail(`its header has no field ${names[0]}`)
    const values = text.split(/\s+/).map(Number)
    return values.length === count ? values : fail(`its header field ${names[0]} does not hold ${count} numbers`)
  }
  const isTrue = (...names: readonly string[]): boolean => field(...names)?.toLowerCase() === 'true'

  const [rank = 0] = numbers(1, 'NDims')
  if (Number(field('ElementNumberOfChannels') ?? 1) !== 1)
    fail('holds a colour or vector in each voxel, not one number')
  const size = checkDeclaredSize(source, numbers(rank, 'DimSize'))
  const elementType = field('ElementType') ?? ''
  const type = voxelTypes[elementType.toUpperCase()] ?? fail(`has voxels of type ${elementType}, which cannot be read`)
  if (field('TransformMatrix', 'Rotation', 'Orientation') === undefined) {
    fail('does not say how it is oriented (TransformMatrix), so left cannot be told from right')
  }
  if (!isTrue('BinaryData')) fail('holds its voxels as text; save it with BinaryData = True')
  const geometry = geometryOf(source, {
    size,
    spacing: vectorOf(numbers(rank, 'ElementSpacing', 'ElementSize')),
    origin: vectorOf(numbers(rank, 'Offset', 'Position', 'Origin')),
    direction: directionOf(rank, numbers(rank * rank, 'TransformMatrix', 'Rotation', 'Orientation'))
  })

  const dataFile = field('ElementDataFile')
  const data = await dataPart(
    source,
    bytes.subarray(end),
    dataFile?.toUpperCase() === 'LOCAL' ? undefined : dataFile,
    readDataFile
  )
  const stored = await decodeVoxels(source, data, {
    size,
    type,
    littleEndian: !isTrue('BinaryDataByteOrderMSB', 'ElementByteOrderMSB'),
    compression: isTrue('CompressedData') ? 'deflate' : undefined,
    skip: Number(field('HeaderSize') ?? 0)
  })
  const slope = Number(field('ElementToIntensityFunctionSlope') ?? 1)
  const intercept = Number(field('ElementToIntensityFunctionOffset') ?? 0)
  return { geometry, data: hounsfieldUnits(source, stored, slope, intercept) }
}

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
function parseHeader(bytes: Uint8Array, source: string): { fields: ReadonlyMap<string, string>; end: number } {
  const text = new TextDecoder('latin1').decode(bytes.subarray(0, longestHeader))
  const last = /^[ \t]*ElementDataFile[ \t]*=.*$\r?\n?/m.exec(text)
  if (last === null || !/^[ \t]*NDims[ \t]*=/m.test(text.slice(0, last.index))) {
    throw new InputError(source, 'is not a MetaImage file: its header has no NDims or no ElementDataFile')
  }
  const end = last.index + last[0].length
  const fields = decodeHeaderText(bytes.subarray(0, end))
    .split(/\r?\n/)
    .flatMap((line): [string, string][] => {
      const at = line.indexOf('=')
      return at < 0 ? [] : [[line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim()]]
    })
  return { fields: new Map(fields), end }
}

function vectorOf(values: readonly number[]): Vector3 {
  return [values[0] as number, values[1] as number, values[2] as number]
}

/** Each row of the matrix in the file is the direction of an axis; they are made exact units. */
function directionOf(rank: number, matrix: readonly number[]): ReturnType<typeof fromColumns> {
  const axis = (n: number): Vector3 => {
    const direction = vectorOf(matrix.slice(rank * n, rank * n + 3))
    return scale(direction, 1 / norm(direction))
  }
  return fromColumns(axis(0), axis(1), axis(2))
}
