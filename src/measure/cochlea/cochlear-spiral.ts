import { radians } from '../../core/math/angle.ts'
import { distance } from '../../core/math/vector.ts'
import { type CochlearFrame, placeOf, type WallPlace } from '../../ear/cochlear-coordinates.ts'
import { expectedWall, type TubeShape } from '../../ear/tube-model.ts'
import { cochlearTube } from './cochlear-tube.ts'
import { type Inside, wallRadiusNear } from './cochlear-wall.ts'

/** The path along the lateral wall of a whole cochlea. */
export interface CochlearSpiral {
  /** mm from the round window's angle to 360°, and to the end. */
  readonly basalTurnLength: number
  readonly length: number
  /** Degrees from the round window to the end. */
  readonly totalAngle: number
  /** The mean cochlea that was fitted, and the wall along the path, every 10° and at the end. */
  readonly tube: TubeShape
  readonly path: readonly PathPlace[]
}

/** A place of the lateral wall, its angle (°) going on through the turns. */
export interface PathPlace extends WallPlace {
  readonly angle: number
}

const step = 10
/** Degrees up to which the wall is looked for; beyond, the fitted tube's is taken. */
const lastSeen = 540
/** A wall that is farther than this share from the expected radius is another turn's, or the vestibule's. */
const tolerance = 0.2
/**
 * The turns of a cochlea, and the path along their lateral wall. The mean cochlea is fitted to this one as a tube;
 * the path follows the wall where that is found near the tube's, and the tube's wall elsewhere.
 * @returns why there is none, as a text
 */
export function traceSpiral(inside: Inside, frame: CochlearFrame): CochlearSpiral | string {
  const tube = cochlearTube(inside, frame)
  if (typeof tube === 'string') return tube
  const path = lateralPath(inside, frame, tube)
  return {
    basalTurnLength: lengthOf(
      path.filter(({ angle }) => angle <= 360),
      frame
    ),
    length: lengthOf(path, frame),
    totalAngle: tube.totalAngle,
    tube,
    path
  }
}

function lateralPath(inside: Inside, frame: CochlearFrame, tube: TubeShape): PathPlace[] {
  const angles = Array.from({ length: Math.ceil(tube.totalAngle / step) }, (_, n) => n * step)
  return [...angles, tube.totalAngle].map((angle) => {
    const expected = expectedWall(tube, angle)
    if (angle > lastSeen) return { angle, ...expected }
    const start = (1 + 1.5 * tolerance) * expected.radius
    const seen = wallRadiusNear(inside, frame, radians(angle), expected.height, start)
    const found = seen !== undefined && Math.abs(seen / expected.radius - 1) < tolerance
    return { angle, radius: found ? seen : expected.radius, height: expected.height }
  })
}

function lengthOf(path: readonly PathPlace[], frame: CochlearFrame): number {
  const places = path.map((wall) => placeOf(frame, { ...wall, angle: radians(wall.angle) }))
  return places.slice(1).reduce((sum, place, n) => sum + distance(place, places[n] ?? place), 0)
}
