import { Matrix, solve } from 'ml-matrix'
import { type CochlearFrame, placeOf } from '../core/cochlear-coordinates.ts'
import { distance } from '../core/vector.ts'
import { radians } from './angle.ts'
import { cupulaHeight, type Inside, lateralWall, type WallPlace, wallRadiusNear } from './cochlear-wall.ts'
import { meanHeight, meanTotalAngle, meanWall } from './mean-spiral.ts'

/** The path along the lateral wall of a whole cochlea. */
export interface CochlearSpiral {
  /** mm from the round window's angle to 360°, and to the end. */
  readonly basalTurnLength: number
  readonly length: number
  /** Degrees from the round window to the end, carried from the mean spiral. */
  readonly totalAngle: number
}

const step = 10
/** Degrees up to which the wall is looked for; beyond, the mean spiral is carried on. */
const lastSeen = 540
/** Degrees of the basal turn whose wall is free: they tell the ear's size. */
const free = { from: 60, to: 320 }
/** A wall that is farther than this share from the expected radius is another turn's, or the vestibule's. */
const tolerance = 0.2
/** What a spiral's scale, its shift (mm) and the share of radius its wall strays from it may be. */
const plausible = { leastScale: 0.75, greatestScale: 1.3, shift: 1, stray: 0.08 }
/** Heights of this share of the mean are a cochlea's. */
const plausibleHeight = { least: 0.6, most: 1.5 }

/**
 * The lateral wall, traced through the turns. The mean spiral, scaled and shifted to
 * the basal turn of this ear and to its height, says where each
 * turn's wall is to be looked for; where it is found within a fifth of that radius it counts, otherwise the mean spiral
 * so bent. The turns need not be apart: only their outer wall is asked for.
 * @returns why there is none, as a text
 */
export function traceSpiral(inside: Inside, frame: CochlearFrame): CochlearSpiral | string {
  const bend = fitBend(inside, frame)
  if (typeof bend === 'string') return bend
  const [far, top] = [lateralWall(inside, frame, Math.PI), cupulaHeight(inside, frame)]
  if (far === undefined || top === undefined) return 'the top of the cochlea is not seen'
  const lift = (top - far.height) / meanHeight
  if (lift < plausibleHeight.least || lift > plausibleHeight.most) return 'the upper turns are not seen'

  const path: WallPlace[] = []
  for (let angle = 0; angle <= meanTotalAngle; angle += step) {
    const mean = meanWall(angle)
    const height = far.height + lift * (mean.height - meanWall(180).height)
    const expected = bentRadius(bend, angle)
    const seen =
      angle > lastSeen
        ? undefined
        : wallRadiusNear(inside, frame, radians(angle), height, (1 + 1.5 * tolerance) * expected)
    const found = seen !== undefined && Math.abs(seen / expected - 1) < tolerance
    path.push({ radius: found ? seen : expected, height })
  }
  return {
    basalTurnLength: lengthOf(path.slice(0, 360 / step + 1), frame),
    length: lengthOf(path, frame),
    totalAngle: meanTotalAngle
  }
}

/** The mean spiral in one ear: its radii scaled and its middle shifted across the axis, which fades out to the apex. */
interface Bend {
  readonly scale: number
  /** mm towards 0° and towards 90°. */
  readonly shift: readonly [number, number]
}

function bentRadius({ scale, shift: [x, y] }: Bend, angle: number): number {
  const share = Math.max(0, Math.min(1, (meanTotalAngle - angle) / (meanTotalAngle - 360)))
  return scale * meanWall(angle).radius + share * (x * Math.cos(radians(angle)) + y * Math.sin(radians(angle)))
}

/** By least squares over the free wall of the basal turn. */
function fitBend(inside: Inside, frame: CochlearFrame): Bend | string {
  const angles = Array.from({ length: (free.to - free.from) / step + 1 }, (_, n) => free.from + n * step)
  const radii = angles
    .map((angle) => lateralWall(inside, frame, radians(angle))?.radius)
    .filter((mm) => mm !== undefined)
  if (radii.length < angles.length) return 'the lateral wall of the basal turn is not seen all along'
  const rows = angles.map((angle) => [meanWall(angle).radius, Math.cos(radians(angle)), Math.sin(radians(angle))])
  const [scale, x, y] = solve(new Matrix(rows), Matrix.columnVector(radii)).to1DArray() as [number, number, number]
  const bend: Bend = { scale, shift: [x, y] }
  const stray = Math.max(...angles.map((angle, n) => Math.abs(bentRadius(bend, angle) / (radii[n] ?? 0) - 1)))
  const { leastScale, greatestScale, shift } = plausible
  const isSpiral = scale > leastScale && scale < greatestScale && Math.hypot(x, y) < shift && stray < plausible.stray
  return isSpiral ? bend : 'the lateral wall of the basal turn does not run as a spiral'
}

function lengthOf(path: readonly WallPlace[], frame: CochlearFrame): number {
  const places = path.map((wall, n) => placeOf(frame, { ...wall, angle: radians(n * step) }))
  return places.slice(1).reduce((sum, place, n) => sum + distance(place, places[n] ?? place), 0)
}
