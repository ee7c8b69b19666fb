import type { Side } from '../core/anatomy.ts'
import { radians } from '../core/math/angle.ts'
import {
  add,
  column,
  distance,
  dot,
  identity3,
  mirror,
  multiply,
  transform,
  type Vector3
} from '../core/math/vector.ts'
import { type EarFrame, headTurns, meanDirection } from './ear-frame.ts'
import { fitRotation } from './fit-rotation.ts'
import { type EarPointId, type EarPoints, meanEar } from './mean-ear.ts'

/** The mean ear laid onto the points of a real one. */
export interface Pose {
  readonly frame: EarFrame
  /** Root mean square distance (mm) of the points from those of the mean ear, points that do not fit counting little. */
  readonly residual: number
  /** Logarithm of the likelihood of the points: 0 where all of them lie as in the mean ear, else negative. */
  readonly logLikelihood: number
  /** Logarithm of how probable the orientation is before any point is seen, relative to any orientation at all. */
  readonly logPrior: number
}

/** The best pose as a right ear and as a left one. */
export type Poses = Readonly<Record<Side, Pose>>

/** Three points lie in a plane and fit a right and a left ear alike; handedness needs a fourth. */
const minPoints = 4

/**
 * The distance of a point from its place in the mean ear, anatomy and reading together, is taken as drawn from a
 * three-dimensional Student distribution: mostly near 1 mm, but now and then a point is somewhere else altogether.
 */
const pointSpread = { scale: 0.7, degreesOfFreedom: 3 }

const rounds = 25

/**
 * Most heads lie in a scanner face up, turned a little; specimens, an assumed fifth, lie anyhow.
 */
const orientation = { sd: radians(headTurns.prior), anyhow: 0.2 }

/** Both poses of an ear with these points; undefined when fewer than four points are known. */
export function fitPoses(known: EarPoints): Poses | undefined {
  if (known.size < minPoints) return undefined
  return { left: fitPose(known, 'left'), right: fitPose(known, 'right') }
}

export function betterSide({ left, right }: Poses): Side {
  return logPosterior(left) > logPosterior(right) ? 'left' : 'right'
}

/** Probability that a side is the true one when both are as common. */
export function sideConfidence(poses: Poses, side: Side): number {
  const other = poses[side === 'left' ? 'right' : 'left']
  return 1 / (1 + Math.exp(logPosterior(other) - logPosterior(poses[side])))
}

/** The six points lie nearly in a plane, so handedness alone is weak evidence; how the head lies adds to it. */
export function logPosterior({ logLikelihood, logPrior }: Pose): number {
  return logLikelihood + logPrior
}

/**
 * Logarithm of a mixture: rotation vectors normal about the mean orientation, and any orientation (density 1/(8π²) of
 * rotation vectors near the identity), as a ratio to the latter.
 */
function orientationPrior({ side, direction }: EarFrame): number {
  const { sd, anyhow } = orientation
  const mean = meanDirection[side]
  const along = (axis: 0 | 1 | 2): number => dot(column(direction, axis), column(mean, axis))
  const trace = along(0) + along(1) + along(2)
  const angle = Math.acos(Math.max(-1, Math.min(1, (trace - 1) / 2)))
  const normal = Math.exp(-0.5 * (angle / sd) ** 2) / (Math.sqrt(2 * Math.PI) * sd) ** 3
  return Math.log((1 - anyhow) * normal * 8 * Math.PI ** 2 + anyhow)
}

/** Where a point of the mean ear lies when an ear lies in `frame`, LPS mm. */
export function expectedPoint({ origin, direction }: EarFrame, id: EarPointId): Vector3 {
  return add(origin, transform(direction, meanEar[id]))
}

/**
 * The most likely rigid pose of the mean ear of one side, by iteratively reweighted least squares from at least three
 * points. It starts from all points and, of four or more, from all but each one, so that a single wrong point cannot
 * lead it astray.
 */
export function fitPose(known: EarPoints, side: Side): Pose {
  const ids = [...known.keys()]
  // Two points are no pose, so three must all be right.
  const without = ids.length > 3 ? ids.map((_, left) => ids.map((_, n) => (n === left ? 0 : 1))) : []
  const starts = [ids.map(() => 1), ...without]
  const poses = starts.map((weights) => refine(known, side, weights))
  return poses.reduce((best, pose) => (pose.logLikelihood > best.logLikelihood ? pose : best))
}

function refine(known: EarPoints, side: Side, startWeights: readonly number[]): Pose {
  const { scale, degreesOfFreedom } = pointSpread
  const reflection = side === 'left' ? mirror : identity3
  const model = [...known.keys()].map((id) => transform(reflection, meanEar[id]))
  const world = [...known.values()]
  let weights = startWeights
  let fit = fitRotation(model, world, weights)
  let squares: readonly number[] = []
  for (let round = 0; round < rounds; round++) {
    const { rotation, translation } = fit
    squares = model.map((point, n) => distance(add(transform(rotation, point), translation), world[n] as Vector3) ** 2)
    weights = squares.map((square) => (degreesOfFreedom + 3) / (degreesOfFreedom + square / scale ** 2))
    if (round + 1 < rounds) fit = fitRotation(model, world, weights)
  }
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
  const logDensity = (square: number): number =>
    (-(degreesOfFreedom + 3) / 2) * Math.log1p(square / (degreesOfFreedom * scale ** 2))
  const frame: EarFrame = { side, origin: fit.translation, direction: multiply(fit.rotation, reflection) }
  return {
    frame,
    residual: Math.sqrt(sum(squares.map((square, n) => square * (weights[n] as number))) / sum(weights)),
    logLikelihood: sum(squares.map(logDensity)),
    logPrior: orientationPrior(frame)
  }
}
