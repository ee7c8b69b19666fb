import { hasPreamble } from './is-dicom.ts'

/** The file meta information (PS3.10, 7.1): group 0002, always explicit little-endian. */
export interface FileMeta {
  readonly transferSyntax: string
  readonly sopClass: string
  /** Where the data set starts. */
  readonly end: number
}

/** Value representations whose length takes four bytes, after two that are reserved. */
const longRepresentations: ReadonlySet<string> = new Set(['OB', 'OW', 'OF', 'SQ', 'UT', 'UN', 'UC', 'UR', 'OD', 'OL'])

/** Reads the file meta information; what is damaged ends it. */
export function readFileMeta(bytes: Uint8Array): FileMeta {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const found = new Map<number, string>()
  let at = hasPreamble(bytes) ? 132 : 0
  while (at + 12 <= bytes.length && view.getUint16(at, true) === 2) {
    const element = view.getUint16(at + 2, true)
    const long = longRepresentations.has(ascii(bytes, at + 4, 2))
    const length = long ? view.getUint32(at + 8, true) : view.getUint16(at + 6, true)
    const start = at + (long ? 12 : 8)
    if (start + length > bytes.length) return { ...fieldsOf(found), end: bytes.length }
    found.set(element, ascii(bytes, start, Math.min(length, 64)))
    at = start + length
  }
  return { ...fieldsOf(found), end: at }
}

function fieldsOf(found: ReadonlyMap<number, string>): Omit<FileMeta, 'end'> {
  const uid = (element: number): string => /^[0-9.]*/.exec(found.get(element) ?? '')?.[0] ?? ''
  return { sopClass: uid(2), transferSyntax: uid(0x10) }
}

function ascii(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length))
}
