import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keepRecent } from '../../../src/train/cases/keep-recent.ts'

/** A loader of items of as many bytes as their key says, and what it had to load. */
function loader(limit: number) {
  const loaded: number[] = []
  const load = keepRecent(
    async (key: number) => {
      loaded.push(key)
      return { bytes: key }
    },
    ({ bytes }) => bytes,
    limit
  )
  return { load, loaded }
}

test('what fits is loaded once; what was asked for longest ago makes room', async () => {
  const { load, loaded } = loader(10)
  for (const key of [4, 5, 4, 6, 4, 5]) expect(await load(key)).toEqual({ bytes: key })
  expect(loaded).toEqual([4, 5, 6, 5])
})

test('what is larger than all the room is loaded every time, and given all the same', async () => {
  const { load, loaded } = loader(10)
  for (const key of [11, 11]) expect(await load(key)).toEqual({ bytes: 11 })
  expect(loaded).toEqual([11, 11])
})

test('every item is the one asked for, and what would not fit beside what came since is loaded again', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 40 }), async (keys) => {
      const { load, loaded } = loader(12)
      for (const [at, key] of keys.entries()) {
        const before = loaded.length
        expect(await load(key)).toEqual({ bytes: key })
        const since = keys.slice(keys.lastIndexOf(key, at - 1) + 1, at)
        const isRepeated = at > 0 && keys.lastIndexOf(key, at - 1) >= 0
        const others = [...new Set(since)].reduce((sum, other) => sum + other, 0)
        expect(loaded.length > before).toBe(!isRepeated || others + key > 12)
      }
    })
  )
})
