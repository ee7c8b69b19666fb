import type { Random } from '../../core/math/random.ts'
import type { Vector3 } from '../../core/math/vector.ts'

/**
 * Smooth deformation of the ear frame: the part of real ears' variation that eight modes leave out, which is 0.10 mm
 * (root mean square, leave-one-out over 42 ears). A stretch and shear that keeps the volume, and a bend:
 * x + E x + Q(x, x), E symmetric without trace, Q any quadratic form in each direction.
 */

/** SD of the entries of E, and of Q per mm. */
const stretchSd = 0.018
const bendSd = 0.0022

/** Entries of E (xx, yy, xy, xz, yz), then of Q (xx, yy, zz, xy, xz, yz in each of three directions). */
const stretches = 5
const bends = 18

export function sampleWarp(random: Random, limit: number): number[] {
  return Array.from({ length: stretches + bends }, () => random.clippedNormal(0, 1, limit))
}

/** @param weights in standard deviations; those that are missing are 0 */
export function warpPlace(weights: readonly number[], [x, y, z]: Vector3): Vector3 {
  const weight = (n: number): number => weights[n] ?? 0
  const [xx, yy, xy, xz, yz] = [weight(0), weight(1), weight(2), weight(3), weight(4)]
  const squares = [x * x, y * y, z * z, x * y, x * z, y * z]
  const bend = (axis: number): number =>
    bendSd * squares.reduce((sum, square, n) => sum + weight(stretches + 6 * axis + n) * square, 0)
  return [
    x + stretchSd * (xx * x + xy * y + xz * z) + bend(0),
    y + stretchSd * (xy * x + yy * y + yz * z) + bend(1),
    z + stretchSd * (xz * x + yz * y - (xx + yy) * z) + bend(2)
  ]
}
