import { degrees, radians } from '../../core/math/angle.ts'
import { fitPlane } from '../../core/math/fit-plane.ts'
import { add, dot, normalize, scale, subtract, type Vector3 } from '../../core/math/vector.ts'
import { type Axis, type CochlearFrame, createCochlearFrame, placeOf } from '../../ear/cochlear-coordinates.ts'
import { meanAxis } from '../../ear/mean-axis.ts'
import { leanOf, middleHeight, middleOf, type TubeShape } from '../../ear/tube-model.ts'
import { uncalibrated } from '../../network/calibration.ts'
import type { MeasuredEar } from '../measured-ear.ts'
import { cochlearTube } from './cochlear-tube.ts'
import { type Inside, lateralWall } from './cochlear-wall.ts'

/** Angles (°) at which the basal turn's lateral wall is free: before, it bends into the hook; after, it climbs. */
const freeWall = { from: 30, to: 270, step: 10 }
const rounds = 5
/** How often the axis is sought, each time about the middle of the turns that was found before. */
const iterations = 2

/**
 * Of two axes, the normal of the basal turn and the line that its middle and the apex's lie on, neither is the better one:
 * the first tilts with the turn's wall, the second with every error of the middles. This share of the way from the one
 * to the other is nearest to the axis of generated ears (studies/measurements).
 */
const tiltShare = 0.25

/** Shrinkage of an ear's axis towards the mean ear's, 0 to 1; 0 where the model was not calibrated. */
export function axisShrinkageOf({ calibration }: Pick<MeasuredEar, 'calibration'>): number {
  return (calibration ?? uncalibrated).axisShrinkage
}

/**
 * The modiolar axis, through the middle of all turns: the normal of the basal turn's plane, tilted by a share of the lean of the
 * turns, and shrunk towards the mean ear's axis. The helicotrema is not used: it lies some tenths of a
 * millimetre beside the axis. Where the turns cannot be fitted, their lean is left out and the mean axis gives the place.
 * @param roundWindow in the ear's frame
 * @param shrinkage towards the mean ear's axis, 0 to 1, by the model's calibration: the measured axis has an error of some 3°,
 * ears differ by some 4.5° from their mean
 * @returns undefined when less than half of the basal turn's wall is seen
 */
export function fitCochlearFrame(inside: Inside, roundWindow: Vector3, shrinkage: number): CochlearFrame | undefined {
  let { point } = meanAxis
  let found: Axis | undefined
  for (let iteration = 0; iteration < iterations; iteration++) {
    const frame = basalFrame(inside, point, roundWindow)
    if (frame === undefined) break
    found ??= frame.axis
    const tube = cochlearTube(inside, frame)
    if (typeof tube === 'string') break
    found = leaning(frame, tube)
    point = found.point
  }
  return found && frameAbout(towardsMean(found, shrinkage), roundWindow)
}

function towardsMean({ point, direction }: Axis, share: number): Axis {
  return { point, direction: normalize(add(scale(direction, 1 - share), scale(meanAxis.direction, share))) }
}

/** The axis of a frame moved to the middle of a tube's turns and tilted by a share of how they lean. */
function leaning(frame: CochlearFrame, tube: TubeShape): Axis {
  const { point, direction } = frame.axis
  return {
    point: add(point, add(across(frame, middleOf(tube)), scale(direction, middleHeight))),
    direction: normalize(add(direction, scale(across(frame, leanOf(tube)), tiltShare)))
  }
}

/** Consensus coordinates about the normal of the plane through the lateral wall of the basal turn, from 30° to 270°. */
function basalFrame(inside: Inside, point: Vector3, roundWindow: Vector3): CochlearFrame | undefined {
  let frame = frameAbout({ ...meanAxis, point }, roundWindow)
  for (let round = 0; round < rounds; round++) {
    const places: Vector3[] = []
    for (let angle = freeWall.from; angle <= freeWall.to; angle += freeWall.step) {
      const wall = lateralWall(inside, frame, radians(angle))
      if (wall !== undefined) places.push(placeOf(frame, { ...wall, angle: radians(angle) }))
    }
    if (places.length < 12) return undefined
    const { normal } = fitPlane(places, frame.axis.direction)
    if (degrees(Math.acos(Math.min(1, dot(normal, meanAxis.direction)))) > 40) return undefined
    frame = frameAbout({ point, direction: normal }, roundWindow)
  }
  return frame
}

function across({ zero, quarter }: CochlearFrame, [x, y]: readonly [number, number]): Vector3 {
  return add(scale(zero, x), scale(quarter, y))
}

/** Consensus coordinates about an axis, heights from the round window. */
function frameAbout({ point, direction }: Axis, roundWindow: Vector3): CochlearFrame {
  const along = dot(subtract(roundWindow, point), direction)
  return createCochlearFrame({ point: add(point, scale(direction, along)), direction }, roundWindow)
}
