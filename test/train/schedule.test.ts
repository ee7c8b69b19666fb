import { expect, test } from 'vitest'
import { z } from 'zod'
import { observe, plateauStart, plateauState } from '../../src/train/plateau.ts'
import { learningRateAt, scheduleConfiguration } from '../../src/train/schedule.ts'
import golden from '../golden/train/expected.json' with { type: 'json' }
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

const goldenSchedules = z
  .array(z.object({ name: z.string(), schedule: z.record(z.string(), z.unknown()), rates: z.array(z.number()) }))
  .parse(golden.schedules)

test.each(goldenSchedules)("$name goes the way of PyTorch's", ({ schedule, rates: expected }) => {
  const parsed = scheduleConfiguration.parse({ ...schedule, peak: 1 })
  expected.forEach((rate, step) => {
    expect(learningRateAt({ schedule: parsed, steps: expected.length }, step)).toBeCloseTo(rate, 10)
  })
})

test("plateau falls where PyTorch's does, and goes on from a stored state", () => {
  const { settings, scores, rates: expected } = golden.plateau
  const schedule = scheduleConfiguration.parse({ decay: 'plateau', peak: 1, warmUp: 0, ...settings })
  let state = plateauStart
  scores.forEach((score, step) => {
    expect(learningRateAt({ schedule, steps: scores.length }, step, state)).toBe(expected[step])
    state = plateauState.parse(JSON.parse(JSON.stringify(observe(state, score, settings))))
  })
  expect(state.falls).toBeGreaterThan(1)
})

test.each([1, 2, 3, 10])('one cycle of %i steps has a rate at each of them', (steps) => {
  for (const rise of [0.01, 0.1, 0.5, 0.99]) {
    const schedule = scheduleConfiguration.parse({ decay: 'one_cycle', peak: 1, rise, first: 0.1, final: 0.01 })
    const all = Array.from({ length: steps }, (_, step) => learningRateAt({ schedule, steps }, step))
    expect(all.every((rate) => rate > 0 && rate <= 1)).toBe(true)
    if (rise * steps === 1) expect(all[0]).toBe(1)
  }
})
