import type { Vector3 } from '../../core/math/vector.ts'
import type { SolidShape } from '../tissue/primitives.ts'

/** Shapes of the left side and their mirror images on the right; body frame, mm. */
export function bothSides(shapes: readonly SolidShape[]): SolidShape[] {
  const mirrored = ([x, y, z]: Vector3): Vector3 => [-x, y, z]
  return shapes.flatMap((shape) => [
    shape,
    shape.kind === 'cone'
      ? { ...shape, from: mirrored(shape.from), to: mirrored(shape.to) }
      : { ...shape, center: mirrored(shape.center), ...(shape.kind === 'disc' && { normal: mirrored(shape.normal) }) }
  ])
}
