import { afterAll, expect, test } from 'vitest'
import { InputError } from '../../src/core/errors.ts'
import { openThread } from '../../src/node/thread.ts'
import type { Work } from './known-worker.ts'

const module = new URL('./known-worker', import.meta.url)
const thread = openThread<Work, unknown>(module, { greeting: 'hello' })
afterAll(() => thread.close())

test('a thread replies in the order of the requests, and has its workerData', async () => {
  const answers = await Promise.all([
    thread.request({ kind: 'greet', after: 30 }),
    thread.request({ kind: 'greet', after: 0 }),
    thread.request({ kind: 'count', numbers: Float32Array.of(1, 2, 3) })
  ])
  expect(answers).toEqual(['hello 1', 'hello 2', { sum: 6, doubled: Float32Array.of(2, 4, 6) }])
})

test('arrays are moved to a thread, not copied', async () => {
  const numbers = Float32Array.of(4, 5)
  expect(await thread.request({ kind: 'count', numbers })).toEqual({ sum: 9, doubled: Float32Array.of(8, 10) })
  expect(numbers).toHaveLength(0)
})

test('what a thread throws keeps its class, and the thread goes on', async () => {
  await expect(thread.request({ kind: 'fail' })).rejects.toThrow(new InputError('scan.nii', 'is broken'))
  await expect(thread.request({ kind: 'fail' })).rejects.toBeInstanceOf(InputError)
  expect(await thread.request({ kind: 'greet', after: 0 })).toBe('hello 3')
})

test('a thread that is stopped gets an aborted signal while it works', async () => {
  const other = openThread<Work, unknown>(module, { greeting: 'hello' })
  const answer = other.request({ kind: 'wait' })
  other.stop()
  await expect(answer).rejects.toThrow('aborted')
  await other.close()
})

test('requests to a thread that ends are rejected, also after its end', async () => {
  const other = openThread<Work, unknown>(module, { greeting: 'hello' })
  const answer = other.request({ kind: 'end' })
  await expect(answer).rejects.toThrow('ended')
  await expect(other.request({ kind: 'greet', after: 0 })).rejects.toThrow('ended')
})
