import { radians } from '../core/math/angle.ts'
import { distance, type Vector3 } from '../core/math/vector.ts'
import { placeOf, type WallPlace } from '../ear/cochlear-coordinates.ts'
import type { Placement } from '../electrode/array.ts'
import { entranceShare } from '../electrode/entrance.ts'
import type { CochlearDuct, DuctSection } from '../measure/cochlea/cochlear-duct.ts'

/**
 * CT shows neither the basilar membrane nor where an array lies below it. The scala tympani is taken as the half of the
 * lumen on the side of the base; an array touches the wall this share of the half height below the lumen's middle.
 */
const touchesBelow = 0.2

/** Millimetres that stay between a perimodiolar array and the bony wall of the modiolus. */
const modiolarGap = 0.5

/** The section of a lumen at an angle (°), interpolated linearly between traced sections; beyond an end, the section there. */
export function sectionAt({ sections }: CochlearDuct, angle: number): DuctSection {
  const next = sections.findIndex((section) => section.angle >= angle)
  const [a, b] = next <= 0 ? [sections.at(next), sections.at(next)] : [sections[next - 1], sections[next]]
  if (a === undefined || b === undefined) throw new RangeError('a duct without sections')
  const share = a === b ? 0 : (angle - a.angle) / (b.angle - a.angle)
  const mix = (of: (section: DuctSection) => number): number => of(a) + share * (of(b) - of(a))
  return {
    angle,
    wall: { radius: mix(({ wall }) => wall.radius), height: mix(({ wall }) => wall.height) },
    radius: mix(({ radius }) => radius),
    height: mix(({ height }) => height),
    shape: [mix(({ shape }) => shape[0]), mix(({ shape }) => shape[1]), mix(({ shape }) => shape[2])]
  }
}

/** Squared elliptical distance qᵀ M⁻¹ q of a place from a section's middle: below 1 in the lumen, 1 at its wall. */
export function levelIn(
  { radius, height, shape: [rr, rh, hh] }: Pick<DuctSection, 'radius' | 'height' | 'shape'>,
  place: WallPlace
): number {
  const [x, y] = [place.radius - radius, place.height - height]
  return (hh * x * x - 2 * rh * x * y + rr * y * y) / (rr * hh - rh * rh)
}

/** Places up to this level of a section's ellipse (1 is its wall) may belong to it: outlines near metal are inexact. */
export const highestLevel = 2.4

/** Within this many degrees of the round window, an array in a scan crosses from the window's middle to its place in the lumen. */
export const enteringUntil = 60

/** The section of a lumen at an angle (°); near the round window moved towards the window's middle, where an array enters. */
export function enteringSection(duct: CochlearDuct, angle: number): DuctSection {
  const section = sectionAt(duct, angle)
  if (angle >= enteringUntil) return section
  const way = angle / enteringUntil
  return {
    ...section,
    radius: duct.roundWindowRadius + way * (section.radius - duct.roundWindowRadius),
    height: way * section.height
  }
}

/** The angle at which the turns end, degrees from the round window. */
export function endOf({ sections }: CochlearDuct): number {
  return sections.at(-1)?.angle ?? 0
}

/** Where the axis of an array lies in a section. */
export interface ArrayPlace extends WallPlace {
  /** mm from the array's axis to the wall away from the modiolus, and towards it, at its height. */
  readonly toLateralWall: number
  readonly toModiolus: number
  /** Height (mm) of the scala there, and so the maximum thickness of an array. */
  readonly clearance: number
}

/**
 * Place of an array of a radius (mm) at an angle (°): at the lateral wall, at the modiolus, or half way between; near the round
 * window between the window's middle and that place.
 */
export function arrayPlace(duct: CochlearDuct, placement: Placement, angle: number, arrayRadius: number): ArrayPlace {
  const section = sectionAt(duct, angle)
  const lain = lainPlace(section, placement, arrayRadius)
  const way = entranceShare(placement, angle)
  const radius = duct.roundWindowRadius + way * (lain.radius - duct.roundWindowRadius)
  const height = way * lain.height
  const [inner, outer] = chord(section, height - section.height)
  return {
    radius,
    height,
    toLateralWall: section.radius + outer - radius,
    toModiolus: radius - section.radius - inner,
    clearance: scalaHeight(section, radius - section.radius)
  }
}

function lainPlace(section: DuctSection, placement: Placement, arrayRadius: number): WallPlace {
  const below = -touchesBelow * Math.sqrt(section.shape[2])
  const at = (side: 0 | 1, gap: number): WallPlace => {
    const q = [chord(section, below)[side], below] as const
    const [nr, nh] = outwards(section, q)
    return { radius: section.radius + q[0] - gap * nr, height: section.height + Math.min(0, q[1] - gap * nh) }
  }
  const lateral = at(1, arrayRadius)
  const modiolar = at(0, arrayRadius + modiolarGap)
  const isNarrow = modiolar.radius > lateral.radius
  if (placement === 'lateral' && !isNarrow) return lateral
  if (placement === 'perimodiolar' && !isNarrow) return modiolar
  return { radius: (lateral.radius + modiolar.radius) / 2, height: (lateral.height + modiolar.height) / 2 }
}

/** Distances of the wall towards the modiolus and away from it, at a height above a section's middle; equal beyond the section. */
function chord({ shape: [rr, rh, hh] }: DuctSection, height: number): readonly [inner: number, outer: number] {
  const middle = (rh / hh) * height
  const half = Math.sqrt(Math.max(0, (rr - (rh * rh) / hh) * (1 - (height * height) / hh)))
  return [middle - half, middle + half]
}

/** Unit vector out of the lumen at a place of its wall. */
function outwards({ shape: [rr, rh, hh] }: DuctSection, [r, h]: readonly [number, number]): readonly [number, number] {
  const [nr, nh] = [hh * r - rh * h, rr * h - rh * r]
  const length = Math.hypot(nr, nh)
  return [nr / length, nh / length]
}

/** From the lumen's floor to the middle of its height, at a distance (mm) from its middle away from the modiolus. */
function scalaHeight({ shape: [rr, rh, hh] }: DuctSection, r: number): number {
  return Math.sqrt(Math.max(0, (hh - (rh * rh) / rr) * (1 - (r * r) / rr)))
}

/** A place of the lumen in LPS mm. @param angle degrees */
export function inWorld({ frame }: CochlearDuct, angle: number, { radius, height }: WallPlace): Vector3 {
  return placeOf(frame, { radius, height, angle: radians(angle) })
}

/** Lengths (mm) along the lateral wall from the round window's angle to that of each section. */
export function wallLengths(duct: CochlearDuct): number[] {
  let length = 0
  let before: Vector3 | undefined
  return duct.sections.map(({ angle, wall }) => {
    const place = inWorld(duct, angle, wall)
    if (before !== undefined) length += distance(place, before)
    before = place
    return length
  })
}
