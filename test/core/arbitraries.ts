import fc from 'fast-check'
import { createGeometry, type Geometry } from '../../src/core/geometry/geometry.ts'
import { createRandom, randomRotation } from '../../src/core/math/random.ts'
import { type Matrix3, multiply, type Vector3 } from '../../src/core/math/vector.ts'

/** Whole numbers, one for each axis. */
export const sizes = (min: number, max: number): fc.Arbitrary<Vector3> => triple(fc.integer({ min, max }))

/** Points or displacements whose coordinates lie within `reach` of zero. */
export const points = (reach: number): fc.Arbitrary<Vector3> => triple(even(-reach, reach))

export const spacings: fc.Arbitrary<Vector3> = triple(even(0.05, 5))

/** Orientations of a grid: any rotation, half of them mirrored. */
export const directions: fc.Arbitrary<Matrix3> = fc
  .tuple(fc.integer(), fc.boolean())
  .map(([seed, mirrored]) => multiply(randomRotation(createRandom(seed)), [mirrored ? -1 : 1, 0, 0, 0, 1, 0, 0, 0, 1]))

/** Grids of up to `largest` voxels along an axis, anywhere within half a metre, in any orientation. */
export const grids = (largest = 300): fc.Arbitrary<Geometry> =>
  fc
    .tuple(sizes(1, largest), spacings, points(500), directions)
    .map(([size, spacing, origin, direction]) => createGeometry({ size, spacing, origin, direction }))

/** Numbers spread evenly from `low` to `high`; fast-check's own doubles crowd around zero. */
export function even(low: number, high: number): fc.Arbitrary<number> {
  const steps = 1_000_000
  return fc.integer({ min: 0, max: steps }).map((step) => low + ((high - low) * step) / steps)
}

function triple(values: fc.Arbitrary<number>): fc.Arbitrary<Vector3> {
  return fc.tuple(values, values, values)
}
