import { InputError } from '../core/errors.ts'
import type { Vector3 } from '../core/math/vector.ts'
import type { Note } from './units.ts'

/** Voxels of a file: how many along each axis, and the bytes of each. */
interface Stored {
  readonly size: Vector3
  readonly bytes: number
}

/** Longest header of another program before voxels that are said to end with the file, in bytes. */
const longestForeignHeader = 2 ** 16

/**
 * From how many bytes behind its voxels on a file holds more voxels than it declares, and no padding or remark: as many as
 * one row, column or slice more has.
 */
export function bytesOfMore({ size: [x, y, z], bytes }: Stored): number {
  return bytes * Math.min(x * y, x * z, y * z)
}

/**
 * Checks that a file has the length of the voxels its header declares; zeros or a short remark may follow.
 * @param declared where they end in `data`
 * @param note is told of such a remark in a file of voxels alone, where it may be a header that comes before them
 * @throws InputError if it is truncated, or holds more than that
 */
export function checkFileLength(
  source: string,
  data: Uint8Array,
  declared: number,
  stored: Stored,
  note: Note = () => {}
): void {
  if (data.length < declared) {
    const [needed, there] = [declared, data.length].map((bytes) => bytes.toLocaleString('en'))
    throw new InputError(source, `is truncated: its header declares ${needed} bytes, but there are ${there}`)
  }
  if (!hasContent(data.subarray(declared))) return
  const more = data.length - declared
  if (more >= bytesOfMore(stored)) throw tooLong(source, declared, data.length)
  note(
    `its data file holds ${more.toLocaleString('en')} bytes more than its header declares: the last ones were left out; if they are a ` +
      'header before the voxels, these are misplaced'
  )
}

/**
 * Checks the length of a file whose voxels are said to end with it, whatever comes before them.
 * @returns where they start
 */
export function startFromEnd(source: string, data: Uint8Array, { size: [x, y, z], bytes }: Stored): number {
  const start = data.length - x * y * z * bytes
  checkFileLength(source, data, data.length - Math.min(0, start), { size: [x, y, z], bytes })
  const isHeader = start < Math.max(longestForeignHeader, x * y * bytes)
  if (!isHeader && hasContent(data.subarray(0, start))) throw tooLong(source, data.length - start, data.length)
  return start
}

export function hasContent(bytes: Uint8Array): boolean {
  return bytes.some((byte) => byte !== 0)
}

export function tooLong(source: string, declared: number, actual: number): InputError {
  const [told, there] = [declared, actual].map((bytes) => bytes.toLocaleString('en'))
  return new InputError(
    source,
    `holds more data than its header declares (${told} bytes, but there are ${there}), so that voxels would be left out ` +
      'or misplaced; export it again'
  )
}
