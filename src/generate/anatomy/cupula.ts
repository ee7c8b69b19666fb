import { radians } from '../../core/math/angle.ts'
import { add, dot, norm, scale, subtract, type Vector3 } from '../../core/math/vector.ts'
import { createCochlearFrame } from '../../ear/cochlear-coordinates.ts'
import { cupula } from '../../ear/cupula.ts'
import { createEllipsoid, type LabyrinthShape, type ShapeEllipsoid } from './shape.ts'
import { sectionWall } from './wall.ts'
import { sectionAngles } from './winding.ts'

/**
 * The hollow under the cupula, an ellipsoid about the modiolar axis.
 * @param depth along the modiolar axis, mm
 */
export function createCupula(shape: LabyrinthShape, depth: number): ShapeEllipsoid {
  const { modiolarAxis, roundWindow, cochlea } = shape
  const { point, direction } = modiolarAxis
  const angles = sectionAngles(shape)
  const end = angles.at(-1) as number
  const wall = cochlea.filter((_, n) => (angles[n] as number) > end - radians(cupula.lastTurn)).flatMap(sectionWall)
  const heightOf = (place: Vector3): number => dot(subtract(place, point), direction)
  const radiusOf = (place: Vector3): number => norm(subtract(subtract(place, point), scale(direction, heightOf(place))))
  const top = wall.reduce((highest, place) => Math.max(highest, heightOf(place)), Number.NEGATIVE_INFINITY)
  const near = wall.filter((place) => heightOf(place) > top - depth)
  const radius = cupula.widthShare * near.reduce((farthest, place) => Math.max(farthest, radiusOf(place)), 0)
  const center = add(point, scale(direction, top - cupula.below - depth / 2))
  const { zero, quarter } = createCochlearFrame(modiolarAxis, roundWindow)
  return createEllipsoid(center, [zero, quarter, direction], [radius, radius, depth / 2])
}
