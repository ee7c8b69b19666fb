import type { Vector3 } from './vector.ts'

/** A number rounded to this many digits after the point; never −0. */
export function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits)) + 0
}

/** A vector, each number rounded to this many digits after the point. */
export function triple([x, y, z]: Vector3, digits: number): [number, number, number] {
  return [rounded(x, digits), rounded(y, digits), rounded(z, digits)]
}
