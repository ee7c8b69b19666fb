import { normalize, type Vector3 } from '../../core/math/vector.ts'
import type { Box } from '../canvas.ts'

/** A simple solid as plain data; ear frame, mm. */
export type SolidShape =
  | { readonly kind: 'cone'; readonly from: Vector3; readonly to: Vector3; readonly radii: readonly [number, number] }
  | { readonly kind: 'ellipsoid'; readonly center: Vector3; readonly semiAxes: Vector3 }
  | {
      readonly kind: 'disc'
      readonly center: Vector3
      readonly normal: Vector3
      readonly radius: number
      readonly thickness: number
    }

/** A solid in the ear frame: its signed distance (mm, negative inside) and a box that holds it. */
export interface Solid {
  readonly box: Box
  distance(x: number, y: number, z: number): number
  /** The greatest share of a voxel of the given edge (mm) that it can fill: thin things never fill a coarse voxel. */
  largestShare(edge: number): number
}

/** A rounded cone, as data. */
export function cone(from: Vector3, to: Vector3, radiusFrom: number, radiusTo: number): SolidShape {
  return { kind: 'cone', from, to, radii: [radiusFrom, radiusTo] }
}

/** A tube of one radius through several points, as data. */
export function tube(points: readonly Vector3[], radius: number): SolidShape[] {
  return points.slice(1).map((point, n) => cone(points[n] as Vector3, point, radius, radius))
}

/** An ellipsoid with axes along the frame, as data. */
export function ellipsoid(center: Vector3, semiAxes: Vector3): SolidShape {
  return { kind: 'ellipsoid', center, semiAxes }
}

/** A flat round plate, as data. */
export function disc(center: Vector3, normal: Vector3, radius: number, thickness: number): SolidShape {
  return { kind: 'disc', center, normal: normalize(normal), radius, thickness }
}

export function solidOf(shape: SolidShape): Solid {
  switch (shape.kind) {
    case 'cone':
      return coneSolid(shape)
    case 'ellipsoid':
      return ellipsoidSolid(shape)
    case 'disc':
      return discSolid(shape)
  }
}

/** A rounded cone from one point to another with radii at its ends. */
function coneSolid({ from: a, to: b, radii: [radiusA, radiusB] }: Extract<SolidShape, { kind: 'cone' }>): Solid {
  const [ux, uy, uz] = [b[0] - a[0], b[1] - a[1], b[2] - a[2]]
  const squaredLength = ux * ux + uy * uy + uz * uz
  const radius = Math.max(radiusA, radiusB)
  return {
    box: {
      low: [Math.min(a[0], b[0]) - radius, Math.min(a[1], b[1]) - radius, Math.min(a[2], b[2]) - radius],
      high: [Math.max(a[0], b[0]) + radius, Math.max(a[1], b[1]) + radius, Math.max(a[2], b[2]) + radius]
    },
    distance(x, y, z) {
      const [dx, dy, dz] = [x - a[0], y - a[1], z - a[2]]
      const t = Math.max(0, Math.min(1, (dx * ux + dy * uy + dz * uz) / squaredLength))
      const [ex, ey, ez] = [dx - t * ux, dy - t * uy, dz - t * uz]
      return Math.sqrt(ex * ex + ey * ey + ez * ez) - (radiusA + t * (radiusB - radiusA))
    },
    largestShare: (edge) => Math.min(1, Math.PI * (radius / edge) ** 2)
  }
}

/** An ellipsoid; its distance is exact on the wall and scales sensibly off it. */
function ellipsoidSolid({ center, semiAxes: [a, b, c] }: Extract<SolidShape, { kind: 'ellipsoid' }>): Solid {
  return {
    box: {
      low: [center[0] - a, center[1] - b, center[2] - c],
      high: [center[0] + a, center[1] + b, center[2] + c]
    },
    distance(x, y, z) {
      const [dx, dy, dz] = [x - center[0], y - center[1], z - center[2]]
      const [sx, sy, sz] = [dx / a, dy / b, dz / c]
      const level = Math.sqrt(sx * sx + sy * sy + sz * sz)
      if (level < 1e-6) return -Math.min(a, b, c)
      return Math.sqrt(dx * dx + dy * dy + dz * dz) * (1 - 1 / level)
    },
    largestShare: (edge) => Math.min(1, ((4 / 3) * Math.PI * a * b * c) / edge ** 3)
  }
}

function discSolid({ center, normal, radius, thickness }: Extract<SolidShape, { kind: 'disc' }>): Solid {
  const [cx, cy, cz] = center
  return {
    box: widen({ low: center, high: center }, radius + thickness),
    distance(x, y, z) {
      const [dx, dy, dz] = [x - cx, y - cy, z - cz]
      const along = dx * normal[0] + dy * normal[1] + dz * normal[2]
      const across = Math.sqrt(Math.max(0, dx * dx + dy * dy + dz * dz - along * along))
      return Math.max(Math.abs(along) - thickness / 2, across - radius)
    },
    largestShare: (edge) => Math.min(1, thickness / edge)
  }
}

/** The same box with a border of `by` mm. */
export function widen({ low, high }: Box, by: number): Box {
  return { low: [low[0] - by, low[1] - by, low[2] - by], high: [high[0] + by, high[1] + by, high[2] + by] }
}
