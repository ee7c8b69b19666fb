import type { LandmarkId } from '../../core/anatomy.ts'
import type { Vector3 } from '../../core/math/vector.ts'
import type { Axis } from '../../ear/cochlear-coordinates.ts'

/** Where a section of a tube lies; ear frame, mm. */
export interface SectionPlace {
  readonly center: Vector3
  /** Unit vectors of the section plane. */
  readonly axisA: Vector3
  readonly axisB: Vector3
  /** Unit vector along the tube. */
  readonly tangent: Vector3
}

/** One place on a tube's centreline with its elliptic cross-section. */
export interface Section extends SectionPlace {
  /** Inverse of the symmetric shape matrix S: the wall is |S⁻¹ q| = 1 for q in (axisA, axisB) coordinates. */
  readonly inverse: readonly [aa: number, ab: number, bb: number]
  /** The larger semi-axis, mm. */
  readonly reach: number
}

/** A symmetric matrix as [xx, yy, zz, xy, xz, yz]. */
export type SymmetricMatrix = readonly [number, number, number, number, number, number]

/** The inside of {x : |S⁻¹ (x − c)| < 1}. */
export interface ShapeEllipsoid {
  readonly center: Vector3
  readonly inverse: SymmetricMatrix
  readonly reach: number
}

/** A labyrinth as tubes and ellipsoids with its landmarks, in the ear frame of a right ear, mm. */
export interface LabyrinthShape {
  readonly cochlea: readonly Section[]
  readonly canals: readonly (readonly Section[])[]
  readonly vestibule: readonly ShapeEllipsoid[]
  readonly ovalWindow: Vector3
  readonly roundWindow: Vector3
  readonly helicotrema: Vector3
  readonly modiolarAxis: Axis
  /** The hollow under the cupula, above the modiolus' end, which the last turn opens into. */
  readonly cupula?: ShapeEllipsoid
  /** In a malformed cochlea: the cavity in place of turns, the sections filled with bone, and the missing landmarks. */
  readonly cyst?: readonly ShapeEllipsoid[]
  readonly ossified?: readonly Section[]
  readonly absent?: readonly LandmarkId[]
}

/** The bodies that belong to a cochlea beside its turns. */
export function cochlearBodies({ cupula, cyst }: LabyrinthShape): readonly ShapeEllipsoid[] {
  return [...(cyst ?? []), ...(cupula === undefined ? [] : [cupula])]
}

/** @param axes unit vectors at right angles */
export function createEllipsoid(
  center: Vector3,
  axes: readonly [Vector3, Vector3, Vector3],
  semiAxes: readonly [number, number, number]
): ShapeEllipsoid {
  const entry = (i: 0 | 1 | 2, j: 0 | 1 | 2): number =>
    axes.reduce((sum, axis, n) => sum + (axis[i] * axis[j]) / (semiAxes[n] as number), 0)
  return {
    center,
    inverse: [entry(0, 0), entry(1, 1), entry(2, 2), entry(0, 1), entry(0, 2), entry(1, 2)],
    reach: Math.max(...semiAxes)
  }
}

/** @param shape entries of S */
export function createSection(
  { center, axisA, axisB, tangent }: SectionPlace,
  [aa, ab, bb]: readonly [number, number, number]
): Section {
  const determinant = aa * bb - ab * ab
  return {
    center,
    axisA,
    axisB,
    tangent,
    inverse: [bb / determinant, -ab / determinant, aa / determinant],
    reach: (aa + bb) / 2 + Math.hypot((aa - bb) / 2, ab)
  }
}

/** Entries aa, ab, bb of a section's shape matrix S. */
export function shapeMatrix({ inverse: [aa, ab, bb] }: Section): [number, number, number] {
  const determinant = aa * bb - ab * ab
  return [bb / determinant, -ab / determinant, aa / determinant]
}
