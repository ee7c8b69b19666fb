import { InputError } from '../core/errors.ts'
import { fromColumns, norm, scale, type Vector3 } from '../core/math/vector.ts'
import type { Scan } from '../core/volume.ts'
import { checkDeclaredSize, geometryOf } from './check-scan.ts'
import { decodeHeaderText } from './decode-text.ts'
import { type DataFileReader, dataPart, decodeVoxels } from './stored-voxels.ts'
import { type Note, settleUnit } from './units.ts'
import { hounsfieldUnits, type StoredType } from './voxels.ts'

/** Headers longer than this are not looked through for their end, in bytes. */
const longestHeader = 2 ** 20
const longestLine = 2 ** 12

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
  const { fields, end } = parseHeader(bytes, source)
  const fail = (problem: string): never => {
    throw new InputError(source, problem)
  }
  const field = (name: string): string => fields.get(name) ?? fail(`its header has no field '${name}'`)

  const type =
    voxelTypes.get(field('type').toLowerCase()) ?? fail(`has voxels of type ${field('type')}, which cannot be read`)
  const sizes = words(field('sizes')).map(Number)
  if (sizes.length < 3) checkDeclaredSize(source, sizes)
  const axes = directionsOf(fields, fail)
  if (sizes.length !== Number(field('dimension')) || axes.length !== sizes.length) {
    fail('its header contradicts itself on the number of axes')
  }
  const inner = axes.indexOf(undefined)
  if (inner >= 0 && inner < 3 && (sizes[inner] ?? 1) > 1) fail('holds a colour or vector in each voxel, not one number')
  const spatial = axes.flatMap((axis, n) => (axis === undefined ? [] : [{ axis, size: sizes[n] as number }]))
  const repeats = sizes.filter((_, n) => axes[n] === undefined)
  const size = checkDeclaredSize(source, [...spatial.map((one) => one.size), ...repeats])
  const [x, y, z] = spatial.map(({ axis }) => axis) as [Vector3, Vector3, Vector3]
  const signs =
    spaces.get(field('space').toLowerCase()) ?? fail(`has the space ${field('space')}, in which left is unknown`)
  const stated: Vector3 = [norm(x), norm(y), norm(z)]
  const unitName = fields.get('space units') ?? ''
  const millimetres = settleUnit({ name: unitName, millimetres: unitOf(unitName, note) }, stated, size, note)
  const toLps = (v: Vector3): Vector3 => [v[0] * signs[0], v[1] * signs[1], v[2] * signs[2]]
  const spacing = scale(stated, millimetres)
  const unit = (axis: Vector3, length: number): Vector3 => toLps(scale(axis, millimetres / length))
  const geometry = geometryOf(source, {
    size,
    spacing,
    origin: scale(
      toLps(vectorOf(field('space origin')) ?? fail('has a space origin that is not three numbers')),
      millimetres
    ),
    direction: fromColumns(unit(x, spacing[0]), unit(y, spacing[1]), unit(z, spacing[2]))
  })

  const encoding = field('encoding').toLowerCase()
  const compression = encoding === 'gzip' || encoding === 'gz' ? 'gzip' : undefined
  if (compression === undefined && encoding !== 'raw') fail(`has the encoding ${encoding}; save it as raw or gzip`)
  const dataFile = fields.get('data file') ?? fields.get('datafile')
  const data = await dataPart(source, bytes.subarray(end), dataFile, readDataFile)
  const stored = await decodeVoxels(source, afterLines(data, Number(fields.get('line skip') ?? 0)), {
    size,
    type,
    littleEndian: fields.get('endian')?.toLowerCase() !== 'big',
    compression,
    skip: Number(fields.get('byte skip') ?? 0)
  })
  return { geometry, data: hounsfieldUnits(source, stored, 1, 0) }
}

/** Which way each world axis of an NRRD space points, seen from LPS. */
const spaces: ReadonlyMap<string, Vector3> = new Map([
  ['lps', [1, 1, 1]],
  ['left-posterior-superior', [1, 1, 1]],
  ['ras', [-1, -1, 1]],
  ['right-anterior-superior', [-1, -1, 1]],
  ['las', [1, -1, 1]],
  ['left-anterior-superior', [1, -1, 1]]
])

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

/** The fields by lower-case name, and where the data starts: after the first empty line. */
function parseHeader(bytes: Uint8Array, source: string): { fields: ReadonlyMap<string, string>; end: number } {
  const text = new TextDecoder('latin1').decode(bytes.subarray(0, longestHeader))
  if (!/^NRRD000\d\r?\n/.test(text)) throw new InputError(source, 'is not an NRRD file: it does not start with NRRD')
  const empty = /\r?\n\r?\n/.exec(text)
  const header = decodeHeaderText(bytes.subarray(0, empty?.index ?? text.length))
  const lines = header.split(/\r?\n/).slice(1)
  if (lines.some(({ length }) => length > longestLine)) throw new InputError(source, 'has a header line without end')
  const fields = lines.flatMap((line): [string, string][] => {
    const match = /^([^#:][^:]*): (.*)$/.exec(line)
    return match === null ? [] : [[(match[1] as string).trim().toLowerCase(), (match[2] as string).trim()]]
  })
  return { fields: new Map(fields), end: empty === null ? bytes.length : empty.index + empty[0].length }
}

/** One world vector for each axis, in mm for one voxel; undefined for an axis that is not in space (`none`). */
function directionsOf(
  fields: ReadonlyMap<string, string>,
  fail: (problem: string) => never
): readonly (Vector3 | undefined)[] {
  const text = fields.get('space directions')
  if (text === undefined || !fields.has('space') || !fields.has('space origin')) {
    const kinds = words(fields.get('kinds') ?? '')
    if (kinds.some((kind) => /color|vector|rgb/i.test(kind))) fail('holds a colour or vector in each voxel')
    return fail(
      'does not say how it is oriented (space, space directions, space origin), so left cannot be told from right'
    )
  }
  return (text.match(/none|\([^)]*\)/gi) ?? []).map((entry) =>
    entry.toLowerCase() === 'none' ? undefined : (vectorOf(entry) ?? fail(`has the space direction ${entry}`))
  )
}

/** Millimetres in the unit that `space units` names, which must be one for all axes; none is taken for millimetres. */
function unitOf(text: string, note: Note): number {
  const names = [...new Set([...text.matchAll(/"([^"]*)"/g)].map(([, name]) => (name as string).trim()))]
  const [name = '', ...others] = names.filter((one) => one !== '' && one !== '???')
  const millimetres = others.length > 0 ? undefined : lengthUnits.get(name)
  if (name !== '' && millimetres === undefined) note(`its space units (${text}) are not known: read as millimetres`)
  return millimetres ?? 1
}

/** Millimetres in a unit of length. */
const lengthUnits: ReadonlyMap<string, number> = new Map([
  ['mm', 1],
  ['millimeter', 1],
  ['millimetre', 1],
  ['m', 1000],
  ['meter', 1000],
  ['metre', 1000],
  ['cm', 10],
  ['centimeter', 10],
  ['centimetre', 10],
  ['um', 1e-3],
  ['\u00b5m', 1e-3],
  ['\u03bcm', 1e-3],
  ['micron', 1e-3],
  ['micrometer', 1e-3],
  ['micrometre', 1e-3],
  ['nm', 1e-6]
])

function vectorOf(text: string): Vector3 | undefined {
  const match = /^\(([^,]+),([^,]+),([^,]+)\)$/.exec(text.trim())
  if (match === null) return undefined
  return [Number(match[1]), Number(match[2]), Number(match[3])]
}

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '')
}

function afterLines(data: Uint8Array, lines: number): Uint8Array {
  let rest = data
  for (let n = 0; n < lines && rest.length > 0; n++) {
    const end = rest.indexOf(10)
    rest = rest.subarray(end < 0 ? rest.length : end + 1)
  }
  return rest
}
