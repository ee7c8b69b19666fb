import { add, scale, subtract, type Vector3 } from '../../../core/math/vector.ts'
import { labyrinthDistance } from '../distance.ts'
import { placeOnWall } from '../landmarks.ts'
import type { LabyrinthShape, ShapeEllipsoid } from '../shape.ts'

/** Widened by a tenth to two fifths; the oval window stays on its wall. */
export function wideVestibule(shape: LabyrinthShape, severity: number): LabyrinthShape {
  const middle = centerOf(shape.vestibule)
  const vestibule = shape.vestibule.map((body) => widened(body, middle, 1.1 + 0.3 * severity))
  const wide = { ...shape, vestibule }
  return { ...wide, ovalWindow: placeOnWall(wide, shape.ovalWindow), roundWindow: outOf(wide) }
}

/** The round window, brought out where a vestibule has grown over it. */
function outOf(shape: LabyrinthShape): Vector3 {
  const { roundWindow } = shape
  return labyrinthDistance(shape, roundWindow, 1).whole < 0 ? placeOnWall(shape, roundWindow) : roundWindow
}

function widened({ center, inverse, reach }: ShapeEllipsoid, middle: Vector3, factor: number): ShapeEllipsoid {
  const [xx, yy, zz, xy, xz, yz] = inverse
  return {
    center: add(middle, scale(subtract(center, middle), factor)),
    inverse: [xx / factor, yy / factor, zz / factor, xy / factor, xz / factor, yz / factor],
    reach: reach * factor
  }
}

function centerOf(bodies: readonly ShapeEllipsoid[]): Vector3 {
  return scale(
    bodies.reduce<Vector3>((sum, { center }) => add(sum, center), [0, 0, 0]),
    1 / bodies.length
  )
}
