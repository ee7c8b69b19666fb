import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { gzipFile } from '../../src/io/gzip.ts'
import { gzipNatively } from '../../src/node/gzip-natively.ts'

const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc.nat(3 * 2 ** 20).map((length) => new Uint8Array(length))
)

it('writes the files that gzipFile writes: the same head, and compressed parts that hold the same bytes', async () => {
  const file = fc.record({ head: fc.uint8Array({ maxLength: 100 }), parts: fc.array(bytes, { maxLength: 4 }) })
  await fc.assert(
    fc.asyncProperty(file, async (one) => {
      const { 'labels.nrrd': native } = await gzipNatively({ 'labels.nrrd': one })
      const [head, held] = [one.head.length, native as Uint8Array]
      expect(held.subarray(0, head)).toEqual(one.head)
      expect(Buffer.compare(gunzipSync(held.subarray(head)), gunzipSync(gzipFile(one).subarray(head)))).toBe(0)
    }),
    { numRuns: 15 }
  )
})
