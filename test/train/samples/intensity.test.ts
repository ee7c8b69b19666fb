import { expect, test } from 'vitest'
import { geometryAround } from '../../../src/core/geometry/geometry.ts'
import { smooth } from '../../../src/core/image/filter.ts'
import { networkGreys } from '../../../src/core/image/grey-window.ts'
import { correlatedNoise } from '../../../src/core/image/noise.ts'
import { createRandom } from '../../../src/core/math/random.ts'
import { identity3 } from '../../../src/core/math/vector.ts'
import { applyIntensity, unchanged } from '../../../src/train/samples/intensity.ts'
import { slowField } from '../../../src/train/samples/shading.ts'

const geometry = geometryAround([0, 0, 0], [20, 18, 16], [1, 1, 1], identity3)
const window = { low: -1000, high: 3000 }
const flat = (value: number) => ({ geometry, data: new Float32Array(20 * 18 * 16).fill(value) })

test('the window maps HU linearly to [-1, 1] and clamps', () => {
  expect(applyIntensity(flat(1000), unchanged, window)[0]).toBe(0)
  expect(applyIntensity(flat(2000), unchanged, window)[0]).toBeCloseTo(0.5, 6)
  expect(applyIntensity(flat(-3000), unchanged, window)[0]).toBe(-1)
  expect(applyIntensity(flat(9000), unchanged, window)[0]).toBe(1)
})

test('unchanged, what a network learns from is bit for bit what it is shown of a scan', () => {
  const random = createRandom(1)
  for (const shown of [window, { low: -500, high: 2500 }, { low: -1000, high: 2500 }]) {
    const data = Float32Array.from(flat(0).data, () => random.uniform(shown.low - 500, shown.high + 500))
    const seen = networkGreys(data, shown)
    expect(applyIntensity({ geometry, data }, unchanged, shown)).toEqual(seen)
    // As it was written before, from the middle of the window.
    const [middle, half] = [(shown.low + shown.high) / 2, (shown.high - shown.low) / 2]
    expect(seen).toEqual(data.map((value) => Math.max(-1, Math.min(1, (value - middle) / half))))
  }
})

test('scale, offset and gamma act as their formulas say', () => {
  expect(applyIntensity(flat(1000), { ...unchanged, scale: 1.5, offset: 500 }, window)[0]).toBeCloseTo(0.5, 6)
  expect(applyIntensity(flat(1000), { ...unchanged, gamma: 2 }, window)[0]).toBeCloseTo(2 * 0.25 - 1, 6)
})

test('noise has the SD asked for, whatever its grain', () => {
  for (const grain of [0, 0.8]) {
    const { mean, sd } = moments(correlatedNoise([32, 32, 32], 50, [grain, grain, grain], createRandom(1)))
    expect(sd).toBeCloseTo(50, 0)
    expect(Math.abs(mean)).toBeLessThan(2)
  }
})

test('white noise looks normal: 68 % within one SD, 95 % within two', () => {
  const field = correlatedNoise([32, 32, 32], 1, [0, 0, 0], createRandom(2))
  const within = (limit: number): number => field.filter((value) => Math.abs(value) < limit).length / field.length
  expect(within(1)).toBeCloseTo(0.683, 1)
  expect(within(2)).toBeCloseTo(0.954, 1)
})

test('the bias field changes little from voxel to voxel', () => {
  const field = slowField([24, 24, 24], 60, createRandom(3))
  const { sd } = moments(field)
  expect(sd).toBeGreaterThan(15)
  for (let at = 0; at < field.length; at++) {
    if (at % 24 === 23) continue
    expect(Math.abs((field[at + 1] as number) - (field[at] as number))).toBeLessThan(sd)
  }
})

test('a blur keeps the mean and turns a point into a Gaussian', () => {
  const data = new Float32Array(15 ** 3)
  const middle = 7 + 15 * (7 + 15 * 7)
  data[middle] = 1
  const soft = smooth(data, [15, 15, 15], [1, 1, 1])
  expect(soft.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5)
  const ratio = (soft[middle + 1] as number) / (soft[middle] as number)
  expect(ratio).toBeCloseTo(Math.exp(-0.5), 5)
  expect(soft[middle + 15]).toBeCloseTo(soft[middle + 1] as number, 6)
  expect(soft[middle + 225]).toBeCloseTo(soft[middle + 1] as number, 6)
})

function moments(field: Float32Array): { mean: number; sd: number } {
  const mean = field.reduce((sum, value) => sum + value, 0) / field.length
  return { mean, sd: Math.sqrt(field.reduce((sum, value) => sum + (value - mean) ** 2, 0) / field.length) }
}
