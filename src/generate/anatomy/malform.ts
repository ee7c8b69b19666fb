import { add, scale, subtract, type Vector3 } from '../../core/vector.ts'
import type { LabyrinthShape, Section, ShapeEllipsoid } from './shape.ts'

/** Simple malformations: sketches of what is seen, not of how ears grow. */
export const malformations = ['absent_lateral_canal', 'short_cochlea', 'wide_vestibule'] as const
export type Malformation = (typeof malformations)[number]

/** Place of the lateral canal among a shape's canals. */
const lateralCanal = 2

/** Share of the cochlea's length that a short one keeps: about one and a half turns. */
const shortLength = 0.6

/** Factor on the vestibule's width. */
const wideVestibule = 1.35

/** The shape with a malformation. Landmarks stay, but a short cochlea has its helicotrema at its new end. */
export function malform(shape: LabyrinthShape, malformation: Malformation): LabyrinthShape {
  switch (malformation) {
    case 'absent_lateral_canal':
      return { ...shape, canals: shape.canals.filter((_, n) => n !== lateralCanal) }
    case 'short_cochlea': {
      const cochlea = shape.cochlea.slice(0, Math.round(shortLength * shape.cochlea.length))
      return { ...shape, cochlea, helicotrema: (cochlea.at(-1) as Section).center }
    }
    case 'wide_vestibule':
      return { ...shape, vestibule: shape.vestibule.map((body) => widened(body, centerOf(shape.vestibule))) }
  }
}

function widened({ center, inverse, reach }: ShapeEllipsoid, middle: Vector3): ShapeEllipsoid {
  const [xx, yy, zz, xy, xz, yz] = inverse
  const f = 1 / wideVestibule
  return {
    center: add(middle, scale(subtract(center, middle), wideVestibule)),
    inverse: [xx * f, yy * f, zz * f, xy * f, xz * f, yz * f],
    reach: reach * wideVestibule
  }
}

function centerOf(bodies: readonly ShapeEllipsoid[]): Vector3 {
  return scale(
    bodies.reduce<Vector3>((sum, { center }) => add(sum, center), [0, 0, 0]),
    1 / bodies.length
  )
}
