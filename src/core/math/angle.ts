import { dot, type Vector3 } from './vector.ts'

export function degrees(angle: number): number {
  return (angle * 180) / Math.PI
}

export function radians(angle: number): number {
  return (angle * Math.PI) / 180
}

/** Angle between two unit vectors in degrees, 0 to 180. */
export function angleBetween(a: Vector3, b: Vector3): number {
  return degrees(radiansBetween(a, b))
}

/** Angle between two unit vectors in radians, 0 to π. Rounding may take their product beyond 1. */
export function radiansBetween(a: Vector3, b: Vector3): number {
  return Math.acos(Math.max(-1, Math.min(1, dot(a, b))))
}
