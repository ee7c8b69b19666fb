import type { Vector3 } from '../../core/math/vector.ts'
import type { SolidShape } from '../tissue/primitives.ts'
import type { Organ } from './organ.ts'

/** The same organs, each of their shapes stretched along the axes. */
export function stretched(organs: readonly Organ[], by: Vector3): Organ[] {
  return organs.map((organ) => ({ ...organ, shapes: organ.shapes.map((shape) => stretchedShape(shape, by)) }))
}

/** Radii grow by the geometric mean. */
function stretchedShape(shape: SolidShape, by: Vector3): SolidShape {
  const point = ([x, y, z]: Vector3): Vector3 => [x * by[0], y * by[1], z * by[2]]
  const mean = Math.cbrt(by[0] * by[1] * by[2])
  switch (shape.kind) {
    case 'ellipsoid':
      return { ...shape, center: point(shape.center), semiAxes: point(shape.semiAxes) }
    case 'cone': {
      const [from, to] = shape.radii
      return { ...shape, from: point(shape.from), to: point(shape.to), radii: [from * mean, to * mean] }
    }
    case 'disc':
      return { ...shape, center: point(shape.center), radius: shape.radius * mean }
  }
}
