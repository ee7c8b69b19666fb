import { expect, test } from 'vitest'
import { copyTensors, createMovingAverage } from '../../src/train/moving-average.ts'

const weights = (...values: number[]) => new Map([['w', { dims: [values.length], data: Float32Array.from(values) }]])

test('late in a run the average moves by one minus the decay', () => {
  const average = createMovingAverage(0.9, weights(1, -2))
  average.add(weights(2, 0), 1e6)
  expect([...(average.weights().get('w')?.data ?? [])]).toEqual([Math.fround(1.1), Math.fround(-1.8)])
})

test('early steps are soon forgotten: the first one counts nine tenths', () => {
  const average = createMovingAverage(0.999, weights(0))
  average.add(weights(1), 1)
  expect(average.weights().get('w')?.data[0]).toBeCloseTo(0.9, 6)
})

test('a copy shares no memory', () => {
  const original = weights(5)
  const average = createMovingAverage(0, copyTensors(original))
  average.add(weights(7), 1e6)
  expect(original.get('w')?.data[0]).toBe(5)
  expect(average.weights().get('w')?.data[0]).toBe(7)
})
