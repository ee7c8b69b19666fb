import { expect, test } from 'vitest'
import { mainComponents } from '../../../src/analyze/refine/main-components.ts'
import { geometryAround } from '../../../src/core/geometry/geometry.ts'
import { identity3 } from '../../../src/core/math/vector.ts'

const grid = geometryAround([0, 0, 0], [100, 1, 1], [1, 1, 1], identity3)
const line = (...runs: readonly (readonly [from: number, to: number])[]): Uint8Array =>
  Uint8Array.from({ length: 100 }, (_, at) => (runs.some(([from, to]) => at >= from && at < to) ? 1 : 0))

test('pieces of less than three in a hundred voxels are left out, larger ones stay', () => {
  expect(mainComponents(grid, line([0, 60], [70, 80], [90, 91]))).toEqual(line([0, 60], [70, 80]))
  expect(mainComponents(grid, line([0, 60], [70, 75]))).toEqual(line([0, 60], [70, 75]))
})
