import { InputError } from '../core/errors.ts'
import { fromColumns, norm, scale, type Vector3 } from '../core/math/vector.ts'
import type { Scan } from '../core/volume.ts'
import { checkDeclaredSize, geometryOf } from './check-scan.ts'
import { decimalOf } from './decimal.ts'
import { fieldOf, skipOf, wordsOf } from './header-fields.ts'
import { checkSpacings, directionsOf, originOf, spaces, unitOf } from './nrrd-axes.ts'
import { parseNrrdHeader } from './nrrd-header.ts'
import { type DataFileReader, dataPart, decodeVoxels, type StoredVoxels } from './stored-voxels.ts'
import { type Note, settleUnit } from './units.ts'
import { bytesPerVoxel, hounsfieldUnits, type StoredType } from './voxels.ts'

/**
 * A scan from the bytes of an NRRD file (http://teem.sourceforge.net/nrrd/format.html), with its data inside or in one
 * file beside it. Its voxels may share the memory of `bytes`.
 * @param source the file's name, for messages
 * @param readDataFile reads a file that the header names
 * @param note gets what a reader of the result should know
 * @throws InputError if it cannot be read or is not one 3-D scalar volume with a known orientation
 */
export async function decodeNrrd(
  bytes: Uint8Array,
  source: string,
  readDataFile?: DataFileReader,
  note: Note = () => {}
): Promise<Scan> {
  const { fields, end } = parseNrrdHeader(bytes, source)
  const fail = (problem: string): never => {
    throw new InputError(source, problem)
  }
  const given = (name: string): string | undefined => fieldOf(source, fields, name)
  const field = (name: string): string => given(name) ?? fail(`its header has no field '${name}'; export it again`)

  const type =
    voxelTypes.get(field('type').toLowerCase()) ??
    fail(`has voxels of type ${field('type')}, which cannot be read; save it as short or float`)
  const sizes = wordsOf(field('sizes')).map((word) => decimalOf(word) ?? Number.NaN)
  if (sizes.length < 3) checkDeclaredSize(source, sizes)
  const axes = directionsOf(given, fail)
  if (sizes.length !== decimalOf(field('dimension')) || axes.length !== sizes.length) {
    fail('its header contradicts itself on the number of axes')
  }
  const inner = axes.indexOf(undefined)
  if (inner >= 0 && inner < 3 && (sizes[inner] ?? 1) > 1) fail('holds a colour or vector in each voxel, not one number')
  const spatial = axes.flatMap((axis, n) => (axis === undefined ? [] : [{ axis, size: sizes[n] as number }]))
  const repeats = sizes.filter((_, n) => axes[n] === undefined)
  const size = checkDeclaredSize(source, [...spatial.map((one) => one.size), ...repeats])
  const [x, y, z] = spatial.map(({ axis }) => axis) as [Vector3, Vector3, Vector3]
  const signs =
    spaces.get(field('space').toLowerCase()) ??
    fail(`has the space ${field('space')}, in which left is unknown; save it in LPS or RAS`)
  const stated: Vector3 = [norm(x), norm(y), norm(z)]
  checkSpacings(given('spacings'), axes, fail)
  const millimetres = settleUnit(unitOf(given('space units') ?? '', fail, note), stated, size, note)
  const toLps = (v: Vector3): Vector3 => [v[0] * signs[0], v[1] * signs[1], v[2] * signs[2]]
  const spacing = scale(stated, millimetres)
  const unit = (axis: Vector3, length: number): Vector3 => toLps(scale(axis, millimetres / length))
  const geometry = geometryOf(source, {
    size,
    spacing,
    origin: scale(toLps(originOf(given('space origin'), fail, note)), millimetres),
    direction: fromColumns(unit(x, spacing[0]), unit(y, spacing[1]), unit(z, spacing[2]))
  })

  const encoding = field('encoding').toLowerCase()
  const compression = encoding === 'gzip' || encoding === 'gz' ? 'gzip' : undefined
  if (compression === undefined && encoding !== 'raw') fail(`has the encoding ${encoding}; save it as raw or gzip`)
  const endian = given('endian')?.toLowerCase() ?? ''
  if (bytesPerVoxel(type) > 1 && !['little', 'big'].includes(endian)) {
    fail(`does not say the byte order of its voxels (endian ${endian || 'is missing'}); set it to little or big`)
  }
  const lines = skipOf(source, given('line skip'), 'lines', 0)
  const skip = skipOf(source, given('byte skip'), 'bytes', -1)
  const dataFile = given('data file')
  const data = await dataPart(source, bytes.subarray(end), dataFile, readDataFile)
  const layout: StoredVoxels = { size, type, littleEndian: endian !== 'big', compression, skip }
  const stored = await decodeVoxels(source, afterLines(data, lines), layout, dataFile === undefined ? undefined : note)
  return { geometry, data: hounsfieldUnits(source, stored, 1, 0) }
}

const synonyms: Readonly<Record<StoredType, readonly string[]>> = {
  int8: ['signed char', 'int8', 'int8_t'],
  uint8: ['uchar', 'unsigned char', 'uint8', 'uint8_t'],
  int16: ['short', 'short int', 'signed short', 'signed short int', 'int16', 'int16_t'],
  uint16: ['ushort', 'unsigned short', 'unsigned short int', 'uint16', 'uint16_t'],
  int32: ['int', 'signed int', 'int32', 'int32_t'],
  uint32: ['uint', 'unsigned int', 'uint32', 'uint32_t'],
  int64: ['longlong', 'long long', 'long long int', 'signed long long', 'signed long long int', 'int64', 'int64_t'],
  uint64: ['ulonglong', 'unsigned long long', 'unsigned long long int', 'uint64', 'uint64_t'],
  float32: ['float'],
  float64: ['double']
}
const voxelTypes: ReadonlyMap<string, StoredType> = new Map(
  Object.entries(synonyms).flatMap(([type, names]) => names.map((name) => [name, type as StoredType] as const))
)

function afterLines(data: Uint8Array, lines: number): Uint8Array {
  let rest = data
  for (let n = 0; n < lines && rest.length > 0; n++) {
    const end = rest.indexOf(10)
    rest = rest.subarray(end < 0 ? rest.length : end + 1)
  }
  return rest
}
