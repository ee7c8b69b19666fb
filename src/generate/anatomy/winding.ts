import { radians } from '../../core/math/angle.ts'
import { add, rotationAbout, subtract, transform, type Vector3 } from '../../core/math/vector.ts'
import { type CochlearFrame, cochlearPlace, createCochlearFrame } from '../../ear/cochlear-coordinates.ts'
import type { LabyrinthShape } from './shape.ts'

/** Angle from the round window (radians) from which on a cochlea is wound further; below, turns hardly differ. */
const start = radians(450)

/** Angles of places along the spiral about the axis, going on through the turns; the first lies within half a turn of 0. */
export function windingAngles(places: readonly Vector3[], frame: CochlearFrame): number[] {
  let before = 0
  return places.map((place) => {
    before = nearestTurn(cochlearPlace(frame, place).angle, before)
    return before
  })
}

/** Angles of a shape's cochlear sections. */
export function sectionAngles({ cochlea, modiolarAxis, roundWindow }: LabyrinthShape): number[] {
  const centers = cochlea.map(({ center }) => center)
  return windingAngles(centers, createCochlearFrame(modiolarAxis, roundWindow))
}

/** The angle, whole turns away, that is nearest to another. */
export function nearestTurn(angle: number, to: number): number {
  return angle + 2 * Math.PI * Math.round((to - angle) / (2 * Math.PI))
}

/**
 * Winds a spiral's upper turns on about the axis (or back), more and more towards the end; radius and height stay what
 * they are along the way.
 * @param by how far the end moves, radians
 */
export function wind(places: readonly Vector3[], frame: CochlearFrame, by: number): Vector3[] {
  const angles = windingAngles(places, frame)
  const end = angles.at(-1) as number
  return places.map((place, n) => {
    const share = Math.max(0, ((angles[n] as number) - start) / (end - start))
    return turnAbout(frame, place, by * share * share)
  })
}

export function turnAbout({ axis }: CochlearFrame, place: Vector3, angle: number): Vector3 {
  return add(axis.point, transform(rotationAbout(axis.direction, angle), subtract(place, axis.point)))
}
