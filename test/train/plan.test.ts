import fc from 'fast-check'
import { expect, test } from 'vitest'
import { estimate, workOf } from '../../src/train/plan.ts'
import { tinyConfiguration } from './tiny-configuration.ts'

const trial = {
  secondsPerStep: 1,
  secondsPerValidation: 0.4,
  secondsPerCase: 3,
  secondsPerSample: 0.2,
  bytesPerCase: 1000,
  memory: 1e6
}
const planOf = (changes: object, heldOut: number, cores: number) => {
  const configuration = tinyConfiguration(changes)
  return estimate(configuration, workOf(configuration), trial, heldOut, cores)
}

test('a step that accumulates over three samples is three times the work, and takes cases for all of them', () => {
  const [one, three] = [workOf(tinyConfiguration()), workOf(tinyConfiguration({ accumulation: 3 }))]
  expect(three.gigaOperations).toBeCloseTo(3 * one.gigaOperations, 12)
  expect([one.samples, three.samples]).toEqual([6, 18])
  expect(three.cases).toBeGreaterThan(one.cases)
  expect(three.parameters).toBe(one.parameters)
})

test('validations and checkpoints are those of the loop: at every so many steps and at the last', () => {
  const { validations, checkpoints } = workOf(tinyConfiguration({ steps: 7, checkpointEvery: 2 }))
  expect([validations, checkpoints]).toEqual([3, 4])
})

test('samples prepared between the steps add to the time, beside the engine they take their share of its cores', () => {
  const preparation = workOf(tinyConfiguration()).cases * 3 + 6 * 0.2
  expect(planOf({ workers: 0 }, 0, 4).seconds).toBeCloseTo(6 + preparation, 9)
  expect(planOf({ workers: 2 }, 0, 4).seconds).toBeCloseTo(Math.max(preparation / 2, 6 + preparation / 4), 9)
})

test('more threads never make the estimate longer, nor is it ever below the work of the engine', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 8 }),
      fc.integer({ min: 1, max: 32 }),
      fc.nat({ max: 5 }),
      (workers, cores, heldOut) => {
        const [fewer, more] = [planOf({ workers }, heldOut, cores), planOf({ workers: workers + 1 }, heldOut, cores)]
        expect(more.seconds).toBeLessThanOrEqual(fewer.seconds + 1e-9)
        expect(more.secondsPerStep).toBeGreaterThanOrEqual(trial.secondsPerStep)
      }
    )
  )
})

test('validation, the pool and the threads are in the estimate', () => {
  const [without, withFour] = [planOf({}, 0, 2), planOf({}, 4, 2)]
  expect(withFour.seconds - without.seconds).toBeCloseTo(2 * 4 * 0.4 + 4 * (3 + 0.2), 9)
  expect(without.memory).toBe(1e6 + 2 * 1000)
  expect(planOf({ workers: 2 }, 0, 2).memory).toBeGreaterThan(without.memory + 1e8)
})

test('a case that a slot of the pool keeps is counted once', () => {
  // A new one comes with every third of twelve steps.
  expect(workOf(tinyConfiguration({ steps: 12, pool: { size: 2, reuse: 3 } })).cases).toBe(4)
})
