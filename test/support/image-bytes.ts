import { deflateSync, gzipSync } from 'node:zlib'
import type { Geometry } from '../../src/core/geometry/geometry.ts'
import { column, type Vector3 } from '../../src/core/math/vector.ts'
import type { Volume, VoxelArray } from '../../src/core/volume.ts'

/**
 * Image files written straight from their specifications, sharing no code with the readers. `fields` replaces or adds
 * header fields, or drops those that are undefined, so that tests can write files that are wrong in one thing.
 */
export interface TextHeaderOptions {
  readonly compress?: boolean
  /** Name of a data file beside the header; then only the header is returned. */
  readonly dataFile?: string
  readonly fields?: Readonly<Record<string, string | undefined>>
}

export function nrrdBytes({ geometry, data }: Volume, options: TextHeaderOptions = {}): Uint8Array {
  const steps = axes(geometry).map((axis, n) => tuple(axis.map((v) => v * (geometry.spacing[n] as number))))
  const fields = {
    type: { Int16Array: 'short', Float32Array: 'float', Uint8Array: 'uchar' }[data.constructor.name],
    dimension: '3',
    space: 'left-posterior-superior',
    sizes: geometry.size.join(' '),
    'space directions': steps.join(' '),
    kinds: 'domain domain domain',
    endian: 'little',
    encoding: options.compress === true ? 'gzip' : 'raw',
    'space origin': tuple(geometry.origin),
    'data file': options.dataFile,
    ...options.fields
  }
  const lines = ['NRRD0004', '# written by a test', ...lineUp(fields, ': ')]
  const voxels = options.compress === true ? gzipSync(bytesOf(data)) : bytesOf(data)
  return joined(`${lines.join('\n')}\n\n`, options.dataFile === undefined ? voxels : new Uint8Array())
}

export function metaImageBytes({ geometry, data }: Volume, options: TextHeaderOptions = {}): Uint8Array {
  const fields = {
    ObjectType: 'Image',
    NDims: '3',
    BinaryData: 'True',
    BinaryDataByteOrderMSB: 'False',
    CompressedData: options.compress === true ? 'True' : 'False',
    TransformMatrix: axes(geometry).flat().join(' '),
    Offset: geometry.origin.join(' '),
    ElementSpacing: geometry.spacing.join(' '),
    DimSize: geometry.size.join(' '),
    ElementType: { Int16Array: 'MET_SHORT', Float32Array: 'MET_FLOAT', Uint8Array: 'MET_UCHAR' }[data.constructor.name],
    ...options.fields,
    ElementDataFile: options.dataFile ?? 'LOCAL'
  }
  const voxels = options.compress === true ? deflateSync(bytesOf(data)) : bytesOf(data)
  return joined(`${lineUp(fields, ' = ').join('\n')}\n`, options.dataFile === undefined ? voxels : new Uint8Array())
}

/** The fields of a NIfTI-1 header that tests set to make a file wrong in one thing. */
export interface NiftiFields {
  readonly dim?: readonly number[]
  readonly datatype?: number
  /** Bits of a voxel; those of the datatype when left out. */
  readonly bitpix?: number
  readonly voxOffset?: number
  readonly slope?: number
  readonly intercept?: number
  readonly units?: number
  readonly qformCode?: number
  readonly sformCode?: number
  readonly magic?: string
}

/** A NIfTI-1 file with an sform only. */
export function niftiBytes({ geometry, data }: Volume, fields: NiftiFields = {}): Uint8Array {
  const header = Buffer.alloc(352)
  header.writeInt32LE(348, 0)
  const dim = fields.dim ?? [3, ...geometry.size, 1, 1, 1, 1]
  for (const [n, size] of dim.entries()) header.writeInt16LE(size, 40 + 2 * n)
  const datatype = { Int16Array: 4, Float32Array: 16, Uint8Array: 2 }[data.constructor.name]
  header.writeInt16LE(fields.datatype ?? datatype ?? 0, 70)
  const isWide = fields.datatype === 1024 || fields.datatype === 1280
  header.writeInt16LE(fields.bitpix ?? (isWide ? 64 : 8 * data.BYTES_PER_ELEMENT), 72)
  for (const [n, mm] of geometry.spacing.entries()) header.writeFloatLE(mm, 80 + 4 * n)
  header.writeFloatLE(fields.voxOffset ?? 352, 108)
  header.writeFloatLE(fields.slope ?? 0, 112)
  header.writeFloatLE(fields.intercept ?? 0, 116)
  header.writeUInt8(fields.units ?? 2, 123)
  header.writeInt16LE(fields.qformCode ?? 0, 252)
  header.writeInt16LE(fields.sformCode ?? 1, 254)
  for (const row of [0, 1, 2] as const) {
    const sign = row === 2 ? 1 : -1
    const cells = axes(geometry).map((axis, n) => sign * axis[row] * (geometry.spacing[n] as number))
    for (const [n, cell] of [...cells, sign * geometry.origin[row]].entries()) {
      header.writeFloatLE(cell, 280 + 16 * row + 4 * n)
    }
  }
  header.write(fields.magic ?? 'n+1', 344, 'latin1')
  return new Uint8Array(Buffer.concat([header, bytesOf(data)]))
}

export function bytesOf(data: VoxelArray): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
}

function axes({ direction }: Geometry): readonly Vector3[] {
  return [column(direction, 0), column(direction, 1), column(direction, 2)]
}

function tuple(values: readonly number[]): string {
  return `(${values.join(',')})`
}

function lineUp(fields: Readonly<Record<string, string | undefined>>, separator: string): string[] {
  return Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [`${name}${separator}${value}`]))
}

function joined(header: string, voxels: Uint8Array): Uint8Array {
  return new Uint8Array(Buffer.concat([Buffer.from(header, 'latin1'), voxels]))
}
