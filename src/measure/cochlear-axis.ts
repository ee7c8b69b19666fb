import { type CochlearFrame, createCochlearFrame, placeOf } from '../core/cochlear-coordinates.ts'
import { fitPlane } from '../core/fit-plane.ts'
import { add, dot, normalize, scale, subtract, type Vector3 } from '../core/vector.ts'
import { degrees, radians } from './angle.ts'
import { cochlearTube } from './cochlear-tube.ts'
import { type Inside, lateralWall } from './cochlear-wall.ts'
import { leanOf } from './tube-model.ts'

/** Direction of the modiolar axis, base to apex, of the mean of 42 labyrinths in the ear's frame. */
const meanAxis: Vector3 = normalize([0.601, 0.687, -0.408])

/** Angles (°) at which the basal turn's lateral wall is free: before, it bends into the hook; after, it climbs. */
const freeWall = { from: 30, to: 270, step: 10 }
const rounds = 5

/**
 * Of two axes, the normal of the basal turn and the line that its middle and the apex's lie on, neither is the better one:
 * the first tilts with the turn's wall, the second with every error of the middles. This share of the way from the one
 * to the other is nearest to the axis of generated ears (studies/measurements).
 */
const leanShare = 0.3

/**
 * The modiolar axis: the normal of the basal turn's plane, tilted by a share of how the turns lean; it goes through the
 * helicotrema.
 * @param helicotrema, roundWindow in the ear's frame
 * @returns undefined when less than half of the basal turn's wall is seen
 */
export function fitCochlearFrame(
  inside: Inside,
  helicotrema: Vector3,
  roundWindow: Vector3
): CochlearFrame | undefined {
  const normal = basalNormal(inside, helicotrema, roundWindow)
  if (normal === undefined) return undefined
  const frame = frameAbout(normal, helicotrema, roundWindow)
  const tube = cochlearTube(inside, frame)
  if (typeof tube === 'string') return frame
  const [x, y] = leanOf(tube)
  const lean = add(scale(frame.zero, x), scale(frame.quarter, y))
  return frameAbout(normalize(add(normal, scale(lean, leanShare))), helicotrema, roundWindow)
}

/** The normal of the plane through the lateral wall of the basal turn, from 30° to 270°. */
function basalNormal(inside: Inside, helicotrema: Vector3, roundWindow: Vector3): Vector3 | undefined {
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
  return direction
}

/** Consensus coordinates about a direction through the helicotrema, heights from the round window. */
function frameAbout(direction: Vector3, helicotrema: Vector3, roundWindow: Vector3): CochlearFrame {
  const along = dot(subtract(roundWindow, helicotrema), direction)
  return createCochlearFrame({ point: add(helicotrema, scale(direction, along)), direction }, roundWindow)
}
