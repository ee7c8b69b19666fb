import { expect, test } from 'vitest'
import { learningRateAt } from '../../src/train/schedule.ts'
import { tinyConfiguration } from './tiny-configuration.ts'

const rates = (schedule: object) => {
  const configuration = tinyConfiguration({ steps: 101, schedule })
  return Array.from({ length: 101 }, (_, step) => learningRateAt(configuration, step))
}

test('the warm-up rises in equal steps to the peak', () => {
  const rise = rates({ peak: 1, warmUp: 4 }).slice(0, 5)
  expect(rise).toEqual([0.25, 0.5, 0.75, 1, 1])
})

test('a cosine is at half the peak midway and at its last share at the end', () => {
  const fall = rates({ peak: 2, warmUp: 0, final: 0 })
  expect(fall[0]).toBe(2)
  expect(fall[50]).toBeCloseTo(1, 12)
  expect(fall[100]).toBeCloseTo(0, 12)
  expect(rates({ peak: 2, warmUp: 0, final: 0.1 })[100]).toBeCloseTo(0.2, 12)
})

test('a polynomial of power 1 falls in equal steps', () => {
  const fall = rates({ peak: 1, warmUp: 0, final: 0, decay: 'polynomial', power: 1 })
  expect(fall[25]).toBeCloseTo(0.75, 12)
  expect(fall[100]).toBe(0)
})
