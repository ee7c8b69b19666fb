import { expect, test } from 'vitest'
import { readAhead } from '../../src/io/read-ahead.ts'

test('gives each item with its content, in order, and begins to read the next one before', async () => {
  const begun: number[] = []
  const seen: string[] = []
  const read = async (item: number): Promise<string> => {
    begun.push(item)
    return `content of ${item}`
  }
  for await (const [item, content] of readAhead([1, 2, 3], read)) {
    seen.push(`${item}: ${content}, begun ${begun.join(' ')}`)
  }
  expect(seen).toEqual(['1: content of 1, begun 1 2', '2: content of 2, begun 1 2 3', '3: content of 3, begun 1 2 3'])
})

test('throws a failure in its turn, and says nothing of one that nobody waits for', async () => {
  const read = async (item: number): Promise<number> => {
    if (item > 1) throw new Error(`cannot read ${item}`)
    return item
  }
  const seen: number[] = []
  const walk = async (): Promise<void> => {
    for await (const [item] of readAhead([1, 2, 3], read)) seen.push(item)
  }
  await expect(walk()).rejects.toThrow('cannot read 2')
  expect(seen).toEqual([1])
})
