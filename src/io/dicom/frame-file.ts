import { joinBytes } from '../join-bytes.ts'
import type { PixelFormat } from './slice.ts'

const rootUid = '2.25.137093265405913120438'

/**
 * A compressed frame as a DICOM file of its own, so that a reader of DICOM series serves as nothing but a decoder: its
 * values come out as they are stored, whatever the true header says of greys (MONOCHROME1, rescale) and places.
 * @param n its place among the frames that are decoded together
 */
export function frameFile(frame: Uint8Array, format: PixelFormat, n: number): Uint8Array {
  const uid = `${rootUid}.${n + 1}`
  const sopClass = '1.2.840.10008.5.1.4.1.1.2'
  const meta = [
    element(2, 1, 'OB', new Uint8Array([0, 1])),
    element(2, 2, 'UI', ascii(sopClass)),
    element(2, 3, 'UI', ascii(uid)),
    element(2, 0x10, 'UI', ascii(format.transferSyntax)),
    element(2, 0x12, 'UI', ascii(rootUid))
  ]
  const padded = new Uint8Array(frame.length + (frame.length % 2))
  padded.set(frame)
  const parts = [
    new Uint8Array(128),
    ascii('DICM'),
    element(2, 0, 'UL', uint32(joinBytes(meta).length)),
    ...meta,
    element(8, 0x16, 'UI', ascii(sopClass)),
    element(8, 0x18, 'UI', ascii(uid)),
    element(8, 0x60, 'CS', ascii('CT')),
    element(0x20, 0xd, 'UI', ascii(rootUid)),
    element(0x20, 0xe, 'UI', ascii(rootUid)),
    element(0x20, 0x13, 'IS', ascii(String(n + 1))),
    element(0x20, 0x32, 'DS', ascii(`0\\0\\${n}`)),
    element(0x20, 0x37, 'DS', ascii('1\\0\\0\\0\\1\\0')),
    element(0x28, 2, 'US', uint16(1)),
    element(0x28, 4, 'CS', ascii('MONOCHROME2')),
    element(0x28, 0x10, 'US', uint16(format.rows)),
    element(0x28, 0x11, 'US', uint16(format.columns)),
    element(0x28, 0x30, 'DS', ascii('1\\1')),
    element(0x28, 0x100, 'US', uint16(format.bitsAllocated)),
    element(0x28, 0x101, 'US', uint16(format.bitsStored)),
    element(0x28, 0x102, 'US', uint16(format.highBit)),
    element(0x28, 0x103, 'US', uint16(format.signed ? 1 : 0)),
    pixelElement(padded)
  ]
  return joinBytes(parts)
}

/** Pixels of undefined length: an empty offset table, one fragment, the end. */
function pixelElement(frame: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + 8 + 8 + frame.length + 8)
  const view = new DataView(bytes.buffer)
  view.setUint16(0, 0x7fe0, true)
  view.setUint16(2, 0x0010, true)
  bytes.set(ascii('OB'), 4)
  view.setUint32(8, 0xffffffff, true)
  const item = (at: number, number: number, length: number): void => {
    view.setUint16(at, 0xfffe, true)
    view.setUint16(at + 2, number, true)
    view.setUint32(at + 4, length, true)
  }
  item(12, 0xe000, 0)
  item(20, 0xe000, frame.length)
  bytes.set(frame, 28)
  item(28 + frame.length, 0xe0dd, 0)
  return bytes
}

/** An element in explicit VR little endian; values of odd length are padded. */
function element(group: number, number: number, vr: string, value: Uint8Array): Uint8Array {
  const start = vr === 'OB' ? 12 : 8
  const length = value.length + (value.length % 2)
  const bytes = new Uint8Array(start + length)
  const view = new DataView(bytes.buffer)
  view.setUint16(0, group, true)
  view.setUint16(2, number, true)
  bytes.set(ascii(vr), 4)
  if (start === 12) view.setUint32(8, length, true)
  else view.setUint16(6, length, true)
  bytes.set(value, start)
  if (value.length % 2 === 1) bytes[start + value.length] = vr === 'UI' ? 0 : 0x20
  return bytes
}

function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0))
}

function uint16(value: number): Uint8Array {
  return new Uint8Array([value & 0xff, value >> 8])
}

function uint32(value: number): Uint8Array {
  return new Uint8Array(new Uint32Array([value]).buffer)
}
