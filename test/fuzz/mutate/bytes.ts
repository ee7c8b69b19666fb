import type { Random } from '../../../src/core/math/random.ts'

const oddBytes = [0, 1, 9, 10, 13, 32, 48, 57, 127, 128, 254, 255]
const oddWhole = [
  0,
  1,
  2,
  3,
  7,
  8,
  16,
  127,
  128,
  255,
  256,
  32767,
  32768,
  65535,
  2 ** 24,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 32 - 1
]
const oddReal = [0, -0, 1, -1, 1e-30, 1e-3, 1000, 1e9, 1e30, -1e30, Number.NaN, Number.POSITIVE_INFINITY]

/** Most bytes that one change adds. */
const longest = 1 << 16

/** Changes bytes in one to eight places, most often near the start, where headers lie. */
export function mutateBytes(bytes: Uint8Array, random: Random): Uint8Array {
  // Not `slice`, which shares the bytes of a Buffer.
  let changed: Uint8Array = new Uint8Array(bytes)
  const times = random.chance(0.6) ? 1 : random.integer(2, 8)
  for (let n = 0; n < times; n++) changed = changeOnce(changed, random)
  return changed
}

function changeOnce(bytes: Uint8Array, random: Random): Uint8Array {
  const at = placeIn(bytes.length, random)
  const length = Math.min(bytes.length - at, random.chance(0.8) ? random.integer(1, 32) : random.integer(1, 4096))
  const chunk = new Uint8Array(bytes.subarray(at, at + length))
  switch (random.integer(0, 11)) {
    case 0:
      return bytes.subarray(0, at)
    case 1:
      return joined(bytes.subarray(0, at), bytes.subarray(at + length))
    case 2:
      return joined(bytes.subarray(0, at), chunk, bytes.subarray(at))
    case 3: {
      const repeated = new Uint8Array(Math.min(longest, length * random.integer(2, 2000)))
      for (let start = 0; start < repeated.length; start += length) {
        repeated.set(chunk.subarray(0, repeated.length - start), start)
      }
      return joined(bytes.subarray(0, at), repeated, bytes.subarray(at))
    }
    case 4:
      return joined(bytes.subarray(0, at), randomBytes(random.integer(1, 64), random), bytes.subarray(at))
    case 5: {
      const to = placeIn(bytes.length, random)
      const moved = new Uint8Array(bytes)
      moved.set(chunk.subarray(0, moved.length - to), to)
      return moved
    }
    case 6:
      return joined(bytes, randomBytes(random.integer(1, 4096), random))
    default:
      return overwritten(bytes, at, random)
  }
}

/** A number that is odd in some way, in place of the bytes that are there. */
function overwritten(bytes: Uint8Array, at: number, random: Random): Uint8Array {
  const cell = new DataView(new ArrayBuffer(8))
  const little = random.chance(0.6)
  const kind = random.pick(['bit', 'byte', 'any', 'int16', 'int32', 'float32', 'float64'] as const)
  if (kind === 'bit') cell.setUint8(0, (bytes[at] ?? 0) ^ (1 << random.integer(0, 7)))
  if (kind === 'byte') cell.setUint8(0, random.pick(oddBytes))
  if (kind === 'any') cell.setUint8(0, random.integer(0, 255))
  if (kind === 'int16') cell.setUint16(0, random.pick(oddWhole) % 65536, little)
  if (kind === 'int32') cell.setUint32(0, random.pick(oddWhole), little)
  if (kind === 'float32') cell.setFloat32(0, random.pick(oddReal), little)
  if (kind === 'float64') cell.setFloat64(0, random.pick(oddReal), little)
  const length = { bit: 1, byte: 1, any: 1, int16: 2, int32: 4, float32: 4, float64: 8 }[kind]
  const changed = new Uint8Array(bytes)
  // Numbers of headers lie at even places.
  const start = length > 1 && random.chance(0.8) ? at - (at % Math.min(length, 4)) : at
  changed.set(
    new Uint8Array(cell.buffer, 0, Math.min(length, Math.max(0, bytes.length - start))),
    Math.min(start, bytes.length)
  )
  return changed
}

function placeIn(length: number, random: Random): number {
  if (length === 0) return 0
  const chosen = random.uniform()
  if (chosen < 0.65) return random.integer(0, Math.min(length, 1024) - 1)
  if (chosen < 0.9) return random.integer(0, length - 1)
  return random.integer(Math.max(0, length - 256), length - 1)
}

export function randomBytes(length: number, random: Random): Uint8Array {
  return Uint8Array.from({ length }, () => random.integer(0, 255))
}

export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts))
}
