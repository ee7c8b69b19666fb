import { degrees, radians } from '../core/math/angle.ts'
import { hypotenuse } from '../core/math/hypotenuse.ts'
import { meanCupula } from './cupula.ts'
import { meanTotalAngle, meanWall } from './mean-spiral.ts'
import { meanSection } from './mean-tube.ts'

/** The mean cochlea made to fit one ear, in consensus coordinates. */
export interface TubeShape {
  /** Where it ends, degrees from the round window: the upper turns are wound on or back. */
  readonly totalAngle: number
  /** Factors on radii in the basal turn and in the upper ones. */
  readonly scale: number
  readonly upperScale: number
  /** Factor on heights, from that of the lateral wall at 180°, which is `farHeight` (mm) were it not for the slant. */
  readonly lift: number
  readonly farHeight: number
  /** Shifts across the axis towards 0° and 90° at the base and at the apex, mm. */
  readonly shift: readonly [number, number]
  readonly apexShift: readonly [number, number]
  /** How far the turns rise towards 0° and 90°, mm for each mm across the axis. */
  readonly slant: readonly [number, number]
  /** Depth along the axis of the hollow under the cupula, mm. */
  readonly hollow: number
}

/** Angle (°) from which on ears are wound differently far; below, their turns hardly differ. */
const windingStart = 360
/** Angles (°) between which the scale goes from the basal turn's to that of the upper ones. */
const scaleChange = { from: 180, to: 540 }
/** Heights (mm) between which the shift goes from the base's to the apex's. */
const shiftChange = { from: 0.3, to: 2.8 }
/** Length (mm) of the half ellipsoid that closes the end, and how far its middle lies from the axis. */
const cap = { length: 0.75, radius: 0.6 }
/** A hollow is no thinner than this, mm. */
const thinnest = 0.1
/** Over about this many mm a share falls from the wall's inside to its outside. */
const softness = 0.15

const farWall = meanWall(180)

/** How far a tube's turns lean, from base to apex: mm towards 0° and 90° for each mm along the axis. */
export function leanOf({ shift, apexShift }: TubeShape): readonly [number, number] {
  const height = shiftChange.to - shiftChange.from
  return [(apexShift[0] - shift[0]) / height, (apexShift[1] - shift[1]) / height]
}

/** Height of the middle of a tube's turns, mm. */
export const middleHeight = (shiftChange.from + shiftChange.to) / 2

/** The middle of a tube's turns, at `middleHeight`, towards 0° and 90°, mm. */
export function middleOf({ shift, apexShift }: TubeShape): readonly [number, number] {
  return [(shift[0] + apexShift[0]) / 2, (shift[1] + apexShift[1]) / 2]
}

/** The angle (°) in the mean cochlea of what lies at an angle of this one. */
function meanAngle({ totalAngle }: TubeShape, angle: number): number {
  if (angle <= windingStart) return angle
  return windingStart + ((angle - windingStart) * (meanTotalAngle - windingStart)) / (totalAngle - windingStart)
}

/** Where the lateral wall is expected at an angle (°), mm. */
export function expectedWall(tube: TubeShape, angle: number): { readonly radius: number; readonly height: number } {
  const mean = meanWall(meanAngle(tube, angle))
  const height = tube.farHeight + tube.lift * (mean.height - farWall.height)
  const [x, y] = shiftAt(tube, height)
  const [cosine, sine] = [Math.cos(radians(angle)), Math.sin(radians(angle))]
  const radius = scaleAt(tube, angle) * mean.radius + x * cosine + y * sine
  return { radius, height: height + radius * (tube.slant[0] * cosine + tube.slant[1] * sine) }
}

/** A section of the lumen by a half-plane through the modiolar axis; consensus coordinates, mm. */
export interface LumenSection {
  readonly radius: number
  readonly height: number
  /** Entries of the matrix M of the wall qᵀ M⁻¹ q = 1, q from the middle away from the axis and along it; mm². */
  readonly shape: readonly [rr: number, rh: number, hh: number]
}

/** The section of a tube at an angle (°) from 0 to its end. */
export function expectedSection(tube: TubeShape, angle: number): LumenSection {
  const [meanRadius, meanHeightHere, rr, rz, zz] = meanSection(meanAngle(tube, angle))
  const scale = scaleAt(tube, angle)
  const upright = tube.farHeight + tube.lift * (meanHeightHere - farWall.height)
  const [x, y] = shiftAt(tube, upright)
  const [cosine, sine] = [Math.cos(radians(angle)), Math.sin(radians(angle))]
  const rise = tube.slant[0] * cosine + tube.slant[1] * sine
  const radius = scale * meanRadius + x * cosine + y * sine
  // Points of the wall are D S u for unit vectors u: D scales radii and heights and lets heights follow the slant.
  const [ar, az] = [scale * rr, scale * rz]
  const [br, bz] = [tube.lift * rz + rise * ar, tube.lift * zz + rise * az]
  return {
    radius,
    height: upright + rise * radius,
    shape: [ar * ar + az * az, ar * br + az * bz, br * br + bz * bz]
  }
}

/** Mean sections by whole degrees: radius, height, and the entries of S⁻¹. */
const table = Float64Array.from(
  Array.from({ length: Math.ceil(meanTotalAngle) + 1 }, (_, angle) => {
    const [radius, height, rr, rz, zz] = meanSection(Math.min(angle, meanTotalAngle))
    const determinant = rr * zz - rz * rz
    return [radius, height, zz / determinant, -rz / determinant, rr / determinant]
  }).flat()
)

/**
 * How far (mm, in the mean cochlea) from the axis a place can lie that is less than 1 mm from a section of the opposite
 * half-plane: sections reach as far as their longest half-axis, the greater eigenvalue of S.
 */
const acrossAxis = Math.max(
  ...Array.from({ length: Math.ceil(meanTotalAngle) + 1 }, (_, angle) => {
    const [radius, , rr, rz, zz] = meanSection(Math.min(angle, meanTotalAngle))
    return 1 + (rr + zz) / 2 + Math.hypot((rr - zz) / 2, rz) - radius
  })
)

/**
 * How much of each place belongs to the tube, 0 to 1.
 * @param places x, y, z one after the other: towards 0°, towards 90°, along the axis, mm
 */
export function tubeShares(tube: TubeShape, places: Float64Array): Float64Array {
  const shares = new Float64Array(places.length / 3)
  const { slant, shift, apexShift } = tube
  for (let n = 0; n < shares.length; n++) {
    const px = places[3 * n] as number
    const py = places[3 * n + 1] as number
    const z = (places[3 * n + 2] as number) - slant[0] * px - slant[1] * py
    const share = apexShare(z)
    const x = px - (shift[0] + share * (apexShift[0] - shift[0]))
    const y = py - (shift[1] + share * (apexShift[1] - shift[1]))
    shares[n] = 1 / (1 + Math.exp(tubeDistance(tube, x, y, z) / softness))
  }
  return shares
}

/** Distance (mm, negative inside, at most 1) of a place to the tube, its shift undone. */
function tubeDistance(tube: TubeShape, x: number, y: number, z: number): number {
  const distanceToAxis = Math.sqrt(x * x + y * y)
  const angle = degrees(Math.atan2(y, x)) + 360
  const height = (z - tube.farHeight) / tube.lift + farWall.height
  const here = Math.min(
    halfPlaneDistance(tube, angle % 360, distanceToAxis, height),
    hollowDistance(tube, distanceToAxis, height)
  )
  if (distanceToAxis > acrossAxis * Math.max(tube.scale, tube.upperScale)) return here
  // Near the axis sections reach across it from the opposite half-plane.
  return Math.min(here, halfPlaneDistance(tube, (angle + 180) % 360, -distanceToAxis, height))
}

/** To the hollow under the cupula, a flat ellipsoid about the axis; `height` in the mean cochlea's heights, mm. */
function hollowDistance({ hollow, lift, upperScale }: TubeShape, distanceToAxis: number, height: number): number {
  const half = Math.max(thinnest, hollow / lift) / 2
  const r = distanceToAxis / upperScale
  const h = height - (meanCupula.top - half)
  const level = hypotenuse(r / meanCupula.radius, h / half)
  return level < 1e-3 ? -half : Math.min(1, hypotenuse(r, h) * (1 - 1 / level))
}

/** To the sections of all turns at an angle; `radius` is negative beyond the axis. */
function halfPlaneDistance(tube: TubeShape, angle: number, radius: number, height: number): number {
  let least = 1
  for (let at = angle; at < tube.totalAngle + 90; at += 360) {
    const distance = sectionDistance(tube, at, radius, height)
    if (distance < least) least = distance
  }
  return least
}

/** @param height in the mean cochlea's heights, mm */
function sectionDistance(tube: TubeShape, angle: number, radius: number, height: number): number {
  const beyond = Math.max(0, angle - tube.totalAngle)
  const along = (radians(beyond) * cap.radius) / cap.length
  if (along >= 1) return 1
  const narrowed = Math.sqrt(1 - along * along)
  const at = 5 * Math.round(beyond > 0 ? meanTotalAngle : meanAngle(tube, angle))
  const r = (radius / scaleAt(tube, angle) - (table[at] as number)) / narrowed
  const h = (height - (table[at + 1] as number)) / narrowed
  const rz = table[at + 3] as number
  const level = hypotenuse((table[at + 2] as number) * r + rz * h, rz * r + (table[at + 4] as number) * h)
  return level < 1e-3 ? -1 : hypotenuse(r, h) * (1 - 1 / level)
}

function scaleAt({ scale, upperScale }: TubeShape, angle: number): number {
  const { from, to } = scaleChange
  return scale + (upperScale - scale) * Math.max(0, Math.min(1, (angle - from) / (to - from)))
}

/** 0 at the base to 1 at the apex. */
function apexShare(height: number): number {
  const { from, to } = shiftChange
  return Math.max(0, Math.min(1, (height - from) / (to - from)))
}

function shiftAt({ shift, apexShift }: TubeShape, height: number): readonly [number, number] {
  const share = apexShare(height)
  return [shift[0] + share * (apexShift[0] - shift[0]), shift[1] + share * (apexShift[1] - shift[1])]
}
