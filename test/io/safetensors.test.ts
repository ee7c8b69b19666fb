import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { InputError } from '../../src/core/errors.ts'
import { decodeSafetensors, encodeSafetensors, type StoredTensor } from '../../src/io/safetensors.ts'

const tensors = fc
  .dictionary(
    fc.string({ minLength: 1 }).filter((name) => !name.startsWith('__')),
    fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 }).map((dims): StoredTensor => {
      const count = dims.reduce((a, b) => a * b, 1)
      return { dims, data: Float32Array.from({ length: count }, (_, n) => n / 3) }
    })
  )
  .map((entries) => new Map(Object.entries(entries)))

test('tensors and text come back as they were, in any number and shape', () => {
  const metadata = fc.dictionary(
    fc.string().filter((key) => key !== '__proto__'),
    fc.string()
  )
  fc.assert(
    fc.property(tensors, metadata, (stored, text) => {
      const back = decodeSafetensors(encodeSafetensors({ tensors: stored, metadata: text }), 'a.safetensors')
      expect(back.tensors).toEqual(stored)
      expect({ ...back.metadata }).toEqual({ ...text })
    })
  )
})

test('a file read into the middle of shared memory, as Node does, gives its own tensors', () => {
  const stored = new Map([['a', { dims: [3], data: Float32Array.of(1, 2, 3) }]])
  const bytes = encodeSafetensors({ tensors: stored, metadata: {} })
  const pool = Buffer.alloc(bytes.length + 64, 0xff)
  pool.set(bytes, 24)
  expect(decodeSafetensors(pool.subarray(24, 24 + bytes.length), 'a.safetensors').tensors).toEqual(stored)
})

/** Built by hand from the format's description: length, JSON, data. */
function fileOf(header: string, data: readonly number[] = []): Uint8Array {
  const text = new TextEncoder().encode(header)
  const bytes = new Uint8Array(8 + text.length + 4 * data.length)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true)
  bytes.set(text, 8)
  bytes.set(new Uint8Array(Float32Array.from(data).buffer), 8 + text.length)
  return bytes
}

test('a file made by hand is read, whatever its alignment', () => {
  const header = '{"w":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},"__metadata__":{"k":"v"}}'
  const { tensors: read, metadata } = decodeSafetensors(fileOf(header, [1.5, -2]), 'a.safetensors')
  expect(read).toEqual(new Map([['w', { dims: [2, 1], data: Float32Array.of(1.5, -2) }]]))
  expect(metadata).toEqual({ k: 'v' })
})

test('the same tensors give the same bytes', () => {
  const file = { tensors: new Map([['w', { dims: [2], data: Float32Array.of(1, 2) }]]), metadata: { a: 'b' } }
  expect(encodeSafetensors(file)).toEqual(encodeSafetensors(file))
  expect(encodeSafetensors(file).length % 8).toBe(0)
})

describe('bad files are refused', () => {
  const entry = (offsets: string, extra = ''): string =>
    `{"w":{"dtype":"F32","shape":[2],"data_offsets":${offsets}}${extra}}`
  test.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array()],
    ['text', new TextEncoder().encode('some text that is no safetensors file')],
    ['a header that is no JSON', fileOf('{"w":')],
    ['a header that is a list', fileOf('[]')],
    ['a cut file', fileOf(entry('[0,8]'), [1, 2]).subarray(0, -3)],
    ['data left over', fileOf(entry('[0,8]'), [1, 2, 3])],
    ['a shape that does not fit', fileOf(entry('[0,12]'), [1, 2, 3])],
    ['offsets beyond the end', fileOf(entry('[80,88]'), [1, 2])],
    ['a gap', fileOf(entry('[4,12]'), [1, 2, 3])],
    ['an overlap', fileOf(entry('[0,8]', ',"v":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}'), [1, 2, 3])],
    ['another number type', fileOf('{"w":{"dtype":"F16","shape":[4],"data_offsets":[0,8]}}', [1, 2])]
  ])('%s', (_, bytes) => {
    expect(() => decodeSafetensors(bytes, 'a.safetensors')).toThrow(InputError)
  })
})

test('tensors that do not fill their shape are not written', () => {
  const broken = new Map([['w', { dims: [3], data: Float32Array.of(1, 2) }]])
  expect(() => encodeSafetensors({ tensors: broken, metadata: {} })).toThrow(RangeError)
})
