import { expose } from 'comlink'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { livingWorker } from '../../web/living-worker.ts'

interface Service {
  answer(): string
  think(): Promise<string>
}

/** A worker that never comes to an end of thinking. */
let worker: MessagePort & { terminated: number; terminate(): void }
let port: MessagePort

beforeEach(() => {
  const { port1, port2 } = new MessageChannel()
  port = port2
  expose({ answer: () => 'yes', think: () => new Promise<string>(() => {}) } satisfies Service, port2)
  worker = Object.assign(port1, { terminated: 0, terminate: () => void worker.terminated++ })
})
afterEach(() => {
  worker.close()
  port.close()
})

const fail = (message?: string): boolean => worker.dispatchEvent(Object.assign(new Event('error'), { message }))

test('what was asked of a worker fails when it ends by itself, and what is asked afterwards at once', async () => {
  const { remote, ended } = livingWorker<Service>(worker as unknown as Worker)
  expect(await remote.answer()).toBe('yes')
  const asked = remote.think()
  fail()
  await expect(asked).rejects.toThrow(/^the worker of the page ended by itself, as where memory runs out/)
  await expect(remote.answer()).rejects.toThrow('ended by itself')
  expect((await ended).message).toContain('ended by itself')
  expect(worker.terminated).toBe(1)
})

test('an error that nothing in it catches is told as what it is', async () => {
  const { remote, ended } = livingWorker<Service>(worker as unknown as Worker)
  const asked = remote.think()
  fail('Uncaught TypeError: x is undefined')
  await expect(asked).rejects.toThrow('Uncaught TypeError: x is undefined')
  expect((await ended).message).toBe('Uncaught TypeError: x is undefined')
})

test('one that is ended on purpose answers nothing, and fails only where that has a reason', async () => {
  const { remote, ended, end } = livingWorker<Service>(worker as unknown as Worker)
  const asked = remote.think()
  end(new Error('stopped'))
  fail()
  await expect(asked).rejects.toThrow('stopped')

  const other = livingWorker<Service>(worker as unknown as Worker)
  const unanswered = other.remote.think()
  other.end()
  const first = await Promise.race([unanswered, other.remote.answer(), ended, other.ended, Promise.resolve('nothing')])
  expect(first).toBe('nothing')
})
