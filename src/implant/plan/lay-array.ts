import { distance, type Vector3 } from '../../core/math/vector.ts'
import type { ElectrodeArray } from '../../electrode/array.ts'
import type { CochlearDuct } from '../../measure/cochlea/cochlear-duct.ts'
import { type ArrayPlace, arrayPlace, endOf, inWorld } from '../lumen.ts'
import { interpolate } from '../tonotopy.ts'

/** Of an array whose diameter is not known, to lay it down: mm. */
const assumedDiameter = 0.5

const step = 2

/** The course of an array through a cochlea. */
export interface ArrayCourse {
  /** mm from the round window's middle to the end of the turns. */
  readonly length: number
  /** Degrees at a depth (mm), 0 at the round window. */
  angleAt(depth: number): number
  /** mm at an angle (°). */
  depthAt(angle: number): number
  placeAt(angle: number): ArrayPlace
  /** LPS mm. */
  worldAt(angle: number): Vector3
}

/**
 * The course of an array's axis: from the middle of the round window to the usual place of such an array in the lumen.
 * @param insertion mm of the array inside the cochlea; it determines where along the turns the array is how thick
 */
export function layArray(duct: CochlearDuct, array: ElectrodeArray, insertion: number): ArrayCourse {
  const end = endOf(duct)
  const angles: number[] = []
  const depths: number[] = []
  let before: Vector3 | undefined
  let depth = 0
  const radiusAt = (at: number): number => diameterAt(array, insertion, at) / 2
  for (let n = 0; n * step < end + step; n++) {
    const angle = Math.min(end, n * step)
    const place = inWorld(duct, angle, arrayPlace(duct, array.placement, angle, radiusAt(depth)))
    if (before !== undefined) depth += distance(place, before)
    before = place
    angles.push(angle)
    depths.push(depth)
  }
  const depthAt = (angle: number): number => interpolate(angles, depths, angle)
  const placeAt = (angle: number): ArrayPlace => arrayPlace(duct, array.placement, angle, radiusAt(depthAt(angle)))
  return {
    length: depth,
    angleAt: (at) => interpolate(depths, angles, at),
    depthAt,
    placeAt,
    worldAt: (angle) => inWorld(duct, angle, placeAt(angle))
  }
}

/** The array's thickness (mm) at a depth: it tapers from where it enters to its tip. */
export function diameterAt({ diameter }: ElectrodeArray, insertion: number, depth: number): number {
  if (diameter === undefined) return assumedDiameter
  const share = Math.min(1, Math.max(0, depth / insertion))
  return diameter.base + share * (diameter.tip - diameter.base)
}
