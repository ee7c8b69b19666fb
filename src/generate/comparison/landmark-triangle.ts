import { angleBetween } from '../../core/math/angle.ts'
import { distance, normalize, subtract, type Vector3 } from '../../core/math/vector.ts'

/** Places of the landmarks of one ear, mm. */
export interface LandmarkTriple {
  readonly helicotrema: Vector3
  readonly ovalWindow: Vector3
  readonly roundWindow: Vector3
}

/** The triangle of the landmarks: sides in mm, angles in degrees. */
export function triangleOf({ helicotrema, ovalWindow, roundWindow }: LandmarkTriple) {
  return {
    helicotrema_oval: distance(helicotrema, ovalWindow),
    helicotrema_round: distance(helicotrema, roundWindow),
    oval_round: distance(ovalWindow, roundWindow),
    angle_at_oval: angleAt(ovalWindow, helicotrema, roundWindow),
    angle_at_round: angleAt(roundWindow, helicotrema, ovalWindow),
    angle_at_helicotrema: angleAt(helicotrema, ovalWindow, roundWindow)
  }
}

/** Angle (degrees) of a triangle at its corner. */
function angleAt(corner: Vector3, a: Vector3, b: Vector3): number {
  return angleBetween(normalize(subtract(a, corner)), normalize(subtract(b, corner)))
}
