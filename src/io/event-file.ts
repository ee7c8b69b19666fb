import { crc32c } from './crc32c.ts'
import { joinBytes } from './join-bytes.ts'

/** One event of a TensorBoard event file (`events.out.tfevents.*`). */
export interface TrainingEvent {
  /** Seconds since 1970. */
  readonly wallTime: number
  readonly step: number
  readonly content:
    | { readonly kind: 'version' }
    /** A run begins or goes on here: what readers have of this step and later ones is out of date. */
    | { readonly kind: 'start' }
    /** Numbers by tag; the part before the first `/` is the group they are shown in. */
    | { readonly kind: 'scalars'; readonly values: Readonly<Record<string, number>> }
}

/**
 * An event as a record of an event file, which is nothing but records one after the other; the first must be a
 * `version`. The format is TensorFlow's: TFRecord framing (length, masked CRC-32C of it, data, masked CRC-32C of that)
 * around a protobuf `tensorflow.Event`.
 */
export function encodeEvent({ wallTime, step, content }: TrainingEvent): Uint8Array {
  return framed(joinBytes([float64(1, wallTime), ...(step === 0 ? [] : [integer(2, step)]), encodeContent(content)]))
}

/** Field numbers of tensorflow/core/util/event.proto and framework/summary.proto. */
const field = { fileVersion: 3, summary: 5, sessionLog: 7, summaryValue: 1, tag: 1, simpleValue: 2, status: 1 } as const

/** `SessionLog.SessionStatus.START`. */
const sessionStart = 1

function encodeContent(content: TrainingEvent['content']): Uint8Array {
  switch (content.kind) {
    case 'version':
      return text(field.fileVersion, 'brain.Event:2')
    case 'start':
      return message(field.sessionLog, integer(field.status, sessionStart))
    case 'scalars': {
      const values = Object.entries(content.values).map(([tag, value]) =>
        message(field.summaryValue, joinBytes([text(field.tag, tag), float32(field.simpleValue, value)]))
      )
      return message(field.summary, joinBytes(values))
    }
  }
}

function framed(data: Uint8Array): Uint8Array {
  const length = new Uint8Array(8)
  new DataView(length.buffer).setBigUint64(0, BigInt(data.length), true)
  return joinBytes([length, maskedChecksum(length), data, maskedChecksum(data)])
}

/** TFRecord rotates and shifts its checksums, so that data that holds checksums can itself be checked. */
function maskedChecksum(bytes: Uint8Array): Uint8Array {
  const crc = crc32c(bytes)
  const masked = new Uint8Array(4)
  new DataView(masked.buffer).setUint32(0, ((crc >>> 15) | (crc << 17)) + 0xa282ead8, true)
  return masked
}

/** Protobuf's wire types. */
const wire = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const

function integer(number: number, value: number): Uint8Array {
  return Uint8Array.from([...key(number, wire.varint), ...varint(value)])
}

function float64(number: number, value: number): Uint8Array {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setFloat64(0, value, true)
  return joinBytes([Uint8Array.from(key(number, wire.fixed64)), bytes])
}

function float32(number: number, value: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setFloat32(0, value, true)
  return joinBytes([Uint8Array.from(key(number, wire.fixed32)), bytes])
}

function text(number: number, value: string): Uint8Array {
  return message(number, new TextEncoder().encode(value))
}

function message(number: number, bytes: Uint8Array): Uint8Array {
  return joinBytes([Uint8Array.from([...key(number, wire.bytes), ...varint(bytes.length)]), bytes])
}

function key(number: number, type: number): number[] {
  return varint(number * 8 + type)
}

/** Seven bits a byte, the lowest first; a set top bit says that more follow. */
function varint(value: number): number[] {
  const bytes: number[] = []
  let left = value
  for (; left >= 128; left = Math.floor(left / 128)) bytes.push((left % 128) + 128)
  return [...bytes, left]
}
