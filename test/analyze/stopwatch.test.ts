import { expect, test } from 'vitest'
import { createStopwatch } from '../../src/analyze/stopwatch.ts'

test('a stage that comes again is listed once, with the time of both', () => {
  const stopwatch = createStopwatch()
  stopwatch.lap('detect')
  stopwatch.lap('segment')
  const [first] = stopwatch.laps
  stopwatch.lap('detect')
  expect(stopwatch.laps.map(({ stage }) => stage)).toEqual(['detect', 'segment'])
  expect(stopwatch.laps[0]?.seconds).toBeGreaterThanOrEqual(first?.seconds ?? Number.NaN)
})
