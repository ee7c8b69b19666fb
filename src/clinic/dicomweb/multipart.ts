import { InputError } from '../../core/errors.ts'
import { joinBytes } from '../../io/join-bytes.ts'
import { serverName } from './server.ts'

const lineEnd = new Uint8Array([13, 10])

/** One object as a body of multipart/related (RFC 2387), as STOW-RS takes it. */
export function encodePart(bytes: Uint8Array, boundary: string): Uint8Array {
  const encoder = new TextEncoder()
  const head = encoder.encode(`--${boundary}\r\nContent-Type: application/dicom\r\n\r\n`)
  const tail = encoder.encode(`\r\n--${boundary}--\r\n`)
  return joinBytes([head, bytes, tail])
}

/**
 * The first part of a body of multipart/related.
 * @param type the Content-Type of the whole
 * @throws InputError if there is none
 */
export function firstPart(body: Uint8Array, type: string): Uint8Array {
  const boundary = /boundary="?([^";,]+)"?/i.exec(type)?.[1]
  if (boundary === undefined) throw new InputError(serverName, 'answers with a body that names no boundary')
  const encoder = new TextEncoder()
  const start = indexOf(body, encoder.encode(`--${boundary}`), 0)
  const headers = start < 0 ? -1 : indexOf(body, encoder.encode('\r\n\r\n'), start)
  if (headers < 0) throw new InputError(serverName, 'answers with no object')
  const begin = headers + 4
  const declared = /content-length: *(\d+)/i.exec(new TextDecoder('latin1').decode(body.subarray(start, headers)))?.[1]
  // An object may hold the boundary's text, so a declared length takes precedence.
  const end =
    declared === undefined
      ? lastIndexOf(body, encoder.encode(`\r\n--${boundary}`), begin)
      : Math.min(body.length, begin + Number(declared))
  if (end < begin) throw new InputError(serverName, 'answers with an object that is cut off')
  return body.slice(begin, end)
}

function indexOf(bytes: Uint8Array, wanted: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(wanted[0] as number, from); at >= 0; at = bytes.indexOf(wanted[0] as number, at + 1)) {
    if (isAt(bytes, wanted, at)) return at
  }
  return -1
}

function lastIndexOf(bytes: Uint8Array, wanted: Uint8Array, from: number): number {
  const first = lineEnd[0] as number
  for (let at = bytes.lastIndexOf(first); at >= from; at = at === 0 ? -1 : bytes.lastIndexOf(first, at - 1)) {
    if (isAt(bytes, wanted, at)) return at
  }
  return -1
}

function isAt(bytes: Uint8Array, wanted: Uint8Array, at: number): boolean {
  return at + wanted.length <= bytes.length && wanted.every((byte, n) => bytes[at + n] === byte)
}
