import { add, dot, norm, scale, subtract, type Vector3 } from '../../core/math/vector.ts'
import { createCochlearFrame } from '../../ear/cochlear-coordinates.ts'
import { createEllipsoid, type LabyrinthShape, type ShapeEllipsoid } from './shape.ts'
import { sectionWall } from './wall.ts'
import { sectionAngles } from './winding.ts'

/** The last stretch of the spiral (radians), which makes the cochlea's top. */
const lastTurn = 1.6 * Math.PI

/** How far (mm) the hollow stays below the turns' highest place. */
const below = 0.02

/** The hollow's radius as a share of the farthest place of the last turn's wall from the axis. */
const widthShare = 0.85

/**
 * The hollow under the cupula: the modiolus ends below the last half turn, whose lumen is one flat dome about the axis
 * with the helicotrema in it. In CT of real ears its cross-section 0.4 mm below the top is a full disc 2.4 to 3 mm across.
 * @param depth along the modiolar axis, mm
 */
export function createCupula(shape: LabyrinthShape, depth: number): ShapeEllipsoid {
  const { modiolarAxis, roundWindow, cochlea } = shape
  const { point, direction } = modiolarAxis
  const angles = sectionAngles(shape)
  const end = angles.at(-1) as number
  const wall = cochlea.filter((_, n) => (angles[n] as number) > end - lastTurn).flatMap(sectionWall)
  const heightOf = (place: Vector3): number => dot(subtract(place, point), direction)
  const radiusOf = (place: Vector3): number => norm(subtract(subtract(place, point), scale(direction, heightOf(place))))
  const top = wall.reduce((highest, place) => Math.max(highest, heightOf(place)), Number.NEGATIVE_INFINITY)
  const near = wall.filter((place) => heightOf(place) > top - depth)
  const radius = widthShare * near.reduce((farthest, place) => Math.max(farthest, radiusOf(place)), 0)
  const center = add(point, scale(direction, top - below - depth / 2))
  const { zero, quarter } = createCochlearFrame(modiolarAxis, roundWindow)
  return createEllipsoid(center, [zero, quarter, direction], [radius, radius, depth / 2])
}
