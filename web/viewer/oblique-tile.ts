import { add, cross, dot, scale, subtract, type Vector3 } from '../../src/core/math/vector.ts'
import type { Plane } from '../../src/report/picture/plane.ts'
import type { SlicePlane, SliceTile } from './viewer.ts'

/** A rectangle of the screen, in pixels. */
export interface TileFrame {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/**
 * A plane of any direction as a slice on the screen.
 * @param plane its middle is in the middle of the frame; its edge fits into the frame's shorter side
 */
export function obliqueTile<P extends SlicePlane>(id: P, plane: Plane, frame: TileFrame): SliceTile<P> {
  const { center, across, down } = plane
  const normal = cross(across, down)
  const pixels = pixelsPerMillimetre(plane, frame)
  const middle = [frame.left + frame.width / 2, frame.top + frame.height / 2] as const
  return {
    plane: id,
    ...frame,
    locate(place) {
      const offset = subtract(place, center)
      return {
        x: middle[0] + pixels * dot(offset, across),
        y: middle[1] + pixels * dot(offset, down),
        depth: dot(offset, normal)
      }
    },
    placeAt(x, y, through) {
      const inPlane = add(scale(across, (x - middle[0]) / pixels), scale(down, (y - middle[1]) / pixels))
      return add(add(center, inPlane), scale(normal, dot(subtract(through, center), normal)))
    }
  }
}

/** How large a plane is drawn in a frame. */
export function pixelsPerMillimetre({ edge }: Plane, { width, height }: TileFrame): number {
  return Math.min(width, height) / edge
}

/** A plane moved along its normal until it holds a place. */
export function planeThrough(plane: Plane, place: Vector3): Plane {
  const normal = cross(plane.across, plane.down)
  return { ...plane, center: add(plane.center, scale(normal, dot(subtract(place, plane.center), normal))) }
}
