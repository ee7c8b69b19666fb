import { expect, test } from 'vitest'
import { smooth } from '../../../src/core/image/filter.ts'

test('a blur is an array of its own, also where it is too narrow to change anything', () => {
  for (const sd of [0, 0.04, 0.5]) {
    const data = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8)
    smooth(data, [2, 2, 2], [sd, sd, sd]).fill(9)
    expect([...data]).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  }
})
