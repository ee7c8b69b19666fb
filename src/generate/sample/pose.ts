import type { Side } from '../../core/anatomy.ts'
import { radians } from '../../core/math/angle.ts'
import { type Random, randomRotation } from '../../core/math/random.ts'
import {
  column,
  cross,
  dot,
  fromColumns,
  type Matrix3,
  mirror,
  multiply,
  normalize,
  rotationAbout,
  scale,
  subtract
} from '../../core/math/vector.ts'
import { type EarFrame, headTurns, meanDirection } from '../../ear/ear-frame.ts'

/**
 * Where an ear lies in the world.
 * @param anyOrientation share of ears turned any way, as a specimen on a table; the rest are heads in a scanner
 */
export function samplePose(random: Random, anyOrientation: number): EarFrame {
  const side: Side = random.chance(0.5) ? 'right' : 'left'
  const turn = sampleTurn(random, anyOrientation)
  const lateral = random.uniform(30, 52)
  return {
    side,
    origin: [side === 'right' ? -lateral : lateral, random.uniform(-25, 25), random.uniform(-30, 30)],
    direction: turnedEar(turn, side)
  }
}

/** A turn of the patient, or of a specimen, against the mean of heads in scanners. */
export function sampleTurn(random: Random, anyOrientation: number): Matrix3 {
  return random.chance(anyOrientation) ? randomRotation(random) : headTurn(random)
}

/** Directions of an ear's axes in a head that is turned. */
export function turnedEar(turn: Matrix3, side: Side): Matrix3 {
  return multiply(turn, side === 'right' ? meanRight : multiply(mirror, meanRight))
}

function headTurn(random: Random): Matrix3 {
  const angles = headTurns.generated.map((sd) => radians(random.clippedNormal(0, sd, 2.5)))
  const [l, p, s] = angles as [number, number, number]
  return multiply(rotationAbout([0, 0, 1], s), multiply(rotationAbout([0, 1, 0], p), rotationAbout([1, 0, 0], l)))
}

const meanRight = orthonormal(meanDirection.right)

/** The nearest orthonormal axes to rounded ones: Gram–Schmidt from Z. */
function orthonormal(m: Matrix3): Matrix3 {
  const z = normalize(column(m, 2))
  const y = normalize(subtract(column(m, 1), scale(z, dot(column(m, 1), z))))
  return fromColumns(cross(y, z), y, z)
}
