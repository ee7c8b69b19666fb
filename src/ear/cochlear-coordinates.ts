import { add, cross, dot, norm, scale, subtract, type Vector3 } from '../core/math/vector.ts'

/** A line. */
export interface Axis {
  readonly point: Vector3
  /** Unit vector, from the cochlea's base towards its apex. */
  readonly direction: Vector3
}

/** A place in consensus cochlear coordinates. */
export interface CochlearPlace {
  /** Distance from the modiolar axis, mm. */
  readonly radius: number
  /** About the axis from the round window's centre towards the basal turn, −π to π. */
  readonly angle: number
  /** Along the axis from the round window's centre towards the apex, mm. */
  readonly height: number
}

/** Consensus cochlear coordinates of an ear (Verbist et al. 2010): cylindrical about the modiolar axis. */
export interface CochlearFrame {
  readonly axis: Axis
  /** Unit vectors across the axis, at 0° (the round window) and at 90°. */
  readonly zero: Vector3
  readonly quarter: Vector3
}

/**
 * @param axis in the ear's frame, through the height of the round window and towards the apex. In that frame every
 *   cochlea winds like a right one: seen from its base, counter-clockwise about the axis.
 */
export function createCochlearFrame(axis: Axis, roundWindow: Vector3): CochlearFrame {
  const offset = subtract(roundWindow, axis.point)
  const across = subtract(offset, scale(axis.direction, dot(offset, axis.direction)))
  const zero = scale(across, 1 / norm(across))
  return { axis, zero, quarter: cross(axis.direction, zero) }
}

/** Consensus coordinates of a place given in the same frame as the axis. */
export function cochlearPlace({ axis, zero, quarter }: CochlearFrame, place: Vector3): CochlearPlace {
  const offset = subtract(place, axis.point)
  const [x, y] = [dot(offset, zero), dot(offset, quarter)]
  return { radius: Math.hypot(x, y), angle: Math.atan2(y, x), height: dot(offset, axis.direction) }
}

export function placeOf({ axis, zero, quarter }: CochlearFrame, { radius, angle, height }: CochlearPlace): Vector3 {
  const across = add(scale(zero, radius * Math.cos(angle)), scale(quarter, radius * Math.sin(angle)))
  return add(add(axis.point, across), scale(axis.direction, height))
}

/** A function of places as one of the radius, at an angle (radians) and a height (mm): its values at the places of `placeOf`. */
export function alongRadius(
  value: (x: number, y: number, z: number) => number,
  { axis, zero, quarter }: CochlearFrame,
  angle: number,
  height: number
): (radius: number) => number {
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)]
  const [x, y, z] = axis.point
  const up = scale(axis.direction, height)
  return (radius) => {
    const a = radius * cosine
    const b = radius * sine
    return value(
      x + (zero[0] * a + quarter[0] * b) + up[0],
      y + (zero[1] * a + quarter[1] * b) + up[1],
      z + (zero[2] * a + quarter[2] * b) + up[2]
    )
  }
}

/** Where the lateral wall lies at one angle, in consensus coordinates, mm. */
export interface WallPlace {
  readonly radius: number
  readonly height: number
}
