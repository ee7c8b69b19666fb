import { type CochlearFrame, createCochlearFrame, placeOf } from '../core/cochlear-coordinates.ts'
import { fitPlane } from '../core/fit-plane.ts'
import { add, dot, normalize, scale, subtract, type Vector3 } from '../core/vector.ts'
import { degrees, radians } from './angle.ts'
import { type Inside, lateralWall } from './cochlear-wall.ts'

/** Direction of the modiolar axis, base to apex, of the mean of 42 labyrinths in the ear's frame. */
const meanAxis: Vector3 = normalize([0.601, 0.687, -0.408])

/** Angles (°) at which the basal turn's lateral wall is free: before, it bends into the hook; after, it climbs. */
const freeWall = { from: 30, to: 270, step: 10 }
const rounds = 5

/**
 * The basal turn's plane and the modiolar axis: the plane is laid through the lateral wall of the basal turn, from 30°
 * to 270°; the axis is its normal through the helicotrema, which lies on the axis.
 * @param helicotrema, roundWindow in the ear's frame
 * @returns undefined when less than half of that wall is seen
 */
export function fitCochlearFrame(
  inside: Inside,
  helicotrema: Vector3,
  roundWindow: Vector3
): CochlearFrame | undefined {
  let direction = meanAxis
  for (let round = 0; round < rounds; round++) {
    const frame = frameAbout(direction, helicotrema, roundWindow)
    const places: Vector3[] = []
    for (let angle = freeWall.from; angle <= freeWall.to; angle += freeWall.step) {
      const wall = lateralWall(inside, frame, radians(angle))
      if (wall !== undefined) places.push(placeOf(frame, { ...wall, angle: radians(angle) }))
    }
    if (places.length < 12) return undefined
    const { normal } = fitPlane(places, direction)
    if (degrees(Math.acos(Math.min(1, dot(normal, meanAxis)))) > 40) return undefined
    direction = normal
  }
  return frameAbout(direction, helicotrema, roundWindow)
}

/** Consensus coordinates about a direction through the helicotrema, heights from the round window. */
function frameAbout(direction: Vector3, helicotrema: Vector3, roundWindow: Vector3): CochlearFrame {
  const along = dot(subtract(roundWindow, helicotrema), direction)
  return createCochlearFrame({ point: add(helicotrema, scale(direction, along)), direction }, roundWindow)
}
