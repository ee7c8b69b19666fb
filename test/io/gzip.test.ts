import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { gzipParts } from '../../src/io/gzip.ts'

const block = 2 ** 16

/** Zeros, or values of a small range as labels and headers have them. */
const runs = fc.tuple(fc.constantFrom(0, 0, 3, 256), fc.integer({ min: 0, max: 3 * block })).map(([values, length]) => {
  return Uint8Array.from({ length }, (_, at) => (values === 0 ? 0 : (at * at) % values))
})

it('gives back its parts, long and short, zeros and others', () => {
  fc.assert(
    fc.property(fc.array(fc.array(runs, { maxLength: 4 }), { maxLength: 3 }), (parts) => {
      const joined = parts.map((pieces) => Buffer.concat(pieces))
      expect(Buffer.compare(gunzipSync(gzipParts(joined)), Buffer.concat(joined))).toBe(0)
    }),
    { numRuns: 20 }
  )
})

it('compresses long runs of zeros to less than a five-hundredth, with the same bytes each time', () => {
  const zeros = new Uint8Array(16 * block)
  expect(gzipParts([zeros]).length).toBeLessThan(zeros.length / 500)
  expect(gzipParts([zeros])).toEqual(gzipParts([zeros]))
})
