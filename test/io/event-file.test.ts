import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { crc32c } from '../../src/io/crc32c.ts'
import { encodeEvent, type TrainingEvent } from '../../src/io/event-file.ts'

test('the checksum is that of the published vectors', () => {
  expect(crc32c(new TextEncoder().encode('123456789'))).toBe(0xe3069283)
  // RFC 3720, appendix B.4.
  expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa)
  expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43)
  expect(crc32c(Uint8Array.from({ length: 32 }, (_, at) => at))).toBe(0x46dd794e)
})

test('the bytes are those TensorBoard itself writes', () => {
  const events: TrainingEvent[] = [
    { wallTime: 1700000000.25, step: 0, content: { kind: 'version' } },
    { wallTime: 1700000000.5, step: 301, content: { kind: 'start' } },
    {
      wallTime: 1700000001.125,
      step: 301,
      content: { kind: 'scalars', values: { 'loss/total': 1.375, 'validation/dice – Schädel': -0.1 } }
    },
    {
      wallTime: 1700000002,
      step: 2 ** 40 + 5,
      content: { kind: 'scalars', values: { ['x'.repeat(300)]: Number.POSITIVE_INFINITY } }
    }
  ]
  const golden = readFileSync(new URL('../golden/event-file/events.bin', import.meta.url))
  expect(Buffer.concat(events.map(encodeEvent)).equals(golden)).toBe(true)
})
