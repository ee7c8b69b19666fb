import { cross, dot, norm, normalize, scale, subtract, type Vector3 } from '../../core/math/vector.ts'

/** A square piece of a plane through the patient, as it lies on paper. */
export interface Plane {
  /** Its middle, LPS mm. */
  readonly center: Vector3
  /** Unit direction that runs to the right on paper, LPS. */
  readonly across: Vector3
  /** Unit direction that runs down on paper, LPS. */
  readonly down: Vector3
  /** Length of its edges, mm. */
  readonly edge: number
}

/** Where a point lies: mm from the plane's upper left corner, and its distance from the plane (signed, mm). */
export interface PlanePoint {
  readonly x: number
  readonly y: number
  readonly depth: number
}

const left: Vector3 = [1, 0, 0]
const posterior: Vector3 = [0, 1, 0]
const superior: Vector3 = [0, 0, 1]

/** Directions of the three planes of the body in radiological convention: the patient's right is on the left. */
export const bodyViews = [
  { name: 'Axial', across: left, down: posterior },
  { name: 'Coronal', across: left, down: scale(superior, -1) },
  { name: 'Sagittal', across: posterior, down: scale(superior, -1) }
] as const

/** A plane of any direction with superior as far up as it can be, and the patient's right on the left where it can be. */
export function obliquePlane(center: Vector3, normal: Vector3, edge: number): Plane {
  const upward = subtract(superior, scale(normal, dot(superior, normal)))
  const down = normalize(scale(norm(upward) > 0.1 ? upward : posterior, -1))
  return { center, across: rightOnLeft(normalize(cross(normal, down))), down, edge }
}

/** A direction or its opposite: towards the patient's left, or posterior where it is neither left nor right. */
export function rightOnLeft(direction: Vector3): Vector3 {
  const towardsLeft = Math.abs(direction[0]) > 0.2 ? direction[0] : direction[1]
  return towardsLeft >= 0 ? direction : scale(direction, -1)
}

export function placeOn(plane: Plane, point: Vector3): PlanePoint {
  const offset = subtract(point, plane.center)
  return {
    x: dot(offset, plane.across) + plane.edge / 2,
    y: dot(offset, plane.down) + plane.edge / 2,
    depth: dot(offset, cross(plane.across, plane.down))
  }
}

/** A direction in letters, the one it follows most first: `L`, `PS`; parts of less than 0.4 are not named. */
export function directionLetters(direction: Vector3): string {
  const letters = ['RL', 'AP', 'IS'] as const
  return direction
    .map((share, axis) => ({ size: Math.abs(share), letter: letters[axis]?.[share > 0 ? 1 : 0] ?? '' }))
    .filter(({ size }) => size >= 0.4)
    .sort((a, b) => b.size - a.size)
    .map(({ letter }) => letter)
    .join('')
}
