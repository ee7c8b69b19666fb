import { describe, expect, test } from 'vitest'
import { createProgress, formatDuration } from '../../src/cli/progress.ts'

/** A progress shown on a recorded stream, with a clock that the test moves. */
function recorded(isTTY: boolean, columns?: number) {
  let written = ''
  const clock = { ms: 0 }
  const stream = { isTTY, ...(columns !== undefined && { columns }), write: (text: string) => (written += text) }
  return { clock, listen: createProgress(stream, { now: () => clock.ms }), text: () => written }
}

describe('progress on a terminal', () => {
  test('is a bar with the percentage and the time left, redrawn in place', () => {
    const { clock, listen, text } = recorded(true)
    listen({ stage: 'finding the ears', done: 0, total: 4 })
    clock.ms = 2000
    listen({ stage: 'finding the ears', done: 1, total: 4 })
    expect(text()).toBe(
      '\r\x1b[K░░░░░░░░░░░░░░░░░░░░░░░░ finding the ears: 0 %' +
        '\r\x1b[K██████░░░░░░░░░░░░░░░░░░ finding the ears: 25 %, 6.0 s left'
    )
  })

  test('is not redrawn more than ten times a second', () => {
    const { clock, listen, text } = recorded(true)
    for (let step = 0; step < 1000; step++) {
      clock.ms = step
      listen({ stage: 'training', done: step, total: 1001 })
    }
    expect(text().split('\r').length - 1).toBe(10)
  })

  test('never fills the last column, where a terminal would wrap', () => {
    const { listen, text } = recorded(true, 30)
    listen({ stage: 'a stage with quite a long name', done: 1, total: 3 })
    expect(text().replace('\r\x1b[K', '')).toHaveLength(29)
  })
})

describe('progress in a log', () => {
  test('is a plain line every ten seconds and one at the end of a stage', () => {
    const { clock, listen, text } = recorded(false)
    for (let second = 0; second <= 25; second++) {
      clock.ms = 1000 * second
      listen({ stage: 'training', done: second, total: 25 })
    }
    expect(text()).toBe('training: 40 %, 15 s left\ntraining: 80 %, 5.0 s left\ntraining: 25 s\n')
  })

  test('shows each stage apart', () => {
    const { clock, listen, text } = recorded(false)
    listen({ stage: 'reading', done: 0, total: 1 })
    clock.ms = 500
    listen({ stage: 'reading', done: 1, total: 1 })
    listen({ stage: 'writing', done: 0, total: 1 })
    clock.ms = 700
    listen({ stage: 'writing', done: 1, total: 1 })
    expect(text()).toBe('reading: 0.5 s\nwriting: 0.2 s\n')
  })
})

test('silent progress writes nothing', () => {
  let written = ''
  const listen = createProgress({ isTTY: true, write: (text) => (written += text) }, { silent: true })
  listen({ stage: 'training', done: 1, total: 1 })
  expect(written).toBe('')
})

test.each([
  [0, '0.0 s'],
  [9_940, '9.9 s'],
  [9_960, '10 s'],
  [59_400, '59 s'],
  [59_600, '1 min 00 s'],
  [185_000, '3 min 05 s'],
  [3_599_600, '1 h 00 min'],
  [7_800_000, '2 h 10 min']
])('%d ms is written %s', (milliseconds, text) => {
  expect(formatDuration(milliseconds)).toBe(text)
})
