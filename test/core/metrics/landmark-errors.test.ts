import { expect, test } from 'vitest'
import type { Landmark } from '../../../src/core/landmark.ts'
import { landmarkErrors } from '../../../src/core/metrics/landmark-errors.ts'

const at = (id: Landmark['id'], x: number, y: number, z: number): Landmark => ({
  id,
  status: 'defined',
  position: [x, y, z],
  confidence: 1
})
const none = (id: Landmark['id']): Landmark => ({ id, status: 'undefined', confidence: 1 })

test('the error is the distance in space; what was missed and what was invented is said', () => {
  const truth = [at('helicotrema', 1, 2, 3), at('oval_window', 0, 0, 0), none('round_window')]
  const predicted = [at('helicotrema', 3, 4, 4), none('oval_window'), at('round_window', 9, 9, 9)]
  expect(landmarkErrors(predicted, truth)).toEqual([
    { id: 'helicotrema', outcome: 'found', error: 3 },
    { id: 'oval_window', outcome: 'missed' },
    { id: 'round_window', outcome: 'invented' }
  ])
})

test('a landmark that the truth does not hold is not evaluated, nor one that is absent in both', () => {
  const predicted = [at('helicotrema', 1, 2, 3), none('round_window')]
  expect(landmarkErrors(predicted, [none('round_window')])).toEqual([])
})

test('a landmark that is not mentioned is missed like one that was not found', () => {
  expect(landmarkErrors([], [at('oval_window', 0, 0, 0)])).toEqual([{ id: 'oval_window', outcome: 'missed' }])
})
