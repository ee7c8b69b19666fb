import { type CochlearFrame, placeOf } from '../core/cochlear-coordinates.ts'
import { distance } from '../core/vector.ts'
import { radians } from './angle.ts'
import { cupulaHeight, type Inside, lateralWall, type WallPlace, wallRadiusNear } from './cochlear-wall.ts'
import { fitTube } from './fit-tube.ts'
import { meanHeight, meanWall } from './mean-spiral.ts'
import { expectedWall, type TubeShape } from './tube-model.ts'

/** The path along the lateral wall of a whole cochlea. */
export interface CochlearSpiral {
  /** mm from the round window's angle to 360°, and to the end. */
  readonly basalTurnLength: number
  readonly length: number
  /** Degrees from the round window to the end. */
  readonly totalAngle: number
}

const step = 10
/** Degrees up to which the wall is looked for; beyond, the fitted tube's is taken. */
const lastSeen = 540
/** A wall that is farther than this share from the expected radius is another turn's, or the vestibule's. */
const tolerance = 0.2
/** Heights of this share of the mean are a cochlea's. */
const plausibleHeight = { least: 0.6, most: 1.5 }
/** A tube that leaves more unexplained, or is stranger, is no cochlea's. */
const plausibleTube = { misfit: 0.5, strangeness: 6 }

/**
 * The turns of a cochlea, and the path along their lateral wall. The mean cochlea is fitted to this one as a tube; where
 * the wall is found near that of the tube it counts, otherwise the tube's own.
 * @returns why there is none, as a text
 */
export function traceSpiral(inside: Inside, frame: CochlearFrame): CochlearSpiral | string {
  const [far, top] = [lateralWall(inside, frame, Math.PI), cupulaHeight(inside, frame)]
  if (far === undefined || top === undefined) return 'the top of the cochlea is not seen'
  const lift = (top - far.height) / meanHeight
  if (lift < plausibleHeight.least || lift > plausibleHeight.most) return 'the upper turns are not seen'
  const start = { scale: far.radius / meanWall(180).radius, lift, farHeight: far.height }
  const { tube, misfit, strangeness } = fitTube(inside, frame, start)
  if (misfit > plausibleTube.misfit || strangeness > plausibleTube.strangeness) {
    return 'the cochlea does not look like turns of a spiral'
  }
  const path = lateralPath(inside, frame, tube)
  return {
    basalTurnLength: lengthOf(
      path.filter(({ angle }) => angle <= 360),
      frame
    ),
    length: lengthOf(path, frame),
    totalAngle: tube.totalAngle
  }
}

/** A place of the lateral wall, its angle (°) going on through the turns. */
interface PathPlace extends WallPlace {
  readonly angle: number
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
