import { degrees, radians } from '../../core/math/angle.ts'
import { distance, type Vector3 } from '../../core/math/vector.ts'
import { type CochlearPlace, cochlearPlace, placeOf, type WallPlace } from '../../ear/cochlear-coordinates.ts'
import type { CochlearDuct } from '../../measure/cochlea/cochlear-duct.ts'
import { enteringSection, enteringUntil } from '../lumen.ts'

/** Between neighbours that are more degrees apart, contacts are missing. */
const maxStep = 90

/**
 * Insertion depth (mm) of each contact: the length of the curve from the middle of the round window through the contacts. Radius,
 * angle and height are interpolated linearly between contacts; across missing ones, radius and height relative to the lumen's middle.
 * @param contacts the most apical first; degrees through the turns, undefined outside the cochlea, where there is no depth
 */
export function depthsOf(
  contacts: readonly { readonly position: Vector3; readonly angle: number | undefined }[],
  duct: CochlearDuct
): (number | undefined)[] {
  let before: CochlearPlace = { radius: duct.roundWindowRadius, angle: 0, height: 0 }
  let depth = 0
  const fromBase = contacts.toReversed().map(({ position, angle }) => {
    if (angle === undefined) return undefined
    const place = { ...cochlearPlace(duct.frame, position), angle: radians(angle) }
    depth += lengthBetween(before, place, duct)
    before = place
    return depth
  })
  return fromBase.toReversed()
}

/** Number of segments by which a curve between two places is approximated. */
const steps = 16

/** Length (mm) of the curve between two places. */
function lengthBetween(from: CochlearPlace, to: CochlearPlace, duct: CochlearDuct): number {
  const isWide = degrees(Math.abs(to.angle - from.angle)) > maxStep
  // The origin of radius and height: the middle of the lumen, or the axis.
  const middle = (angle: number): WallPlace =>
    isWide ? enteringSection(duct, degrees(angle)) : { radius: 0, height: 0 }
  const [first, last] = [middle(from.angle), middle(to.angle)]
  // Any frame will do, since lengths are the same in all.
  const at = (share: number): Vector3 => {
    const angle = from.angle + share * (to.angle - from.angle)
    const { radius, height } = middle(angle)
    // From the round window an array reaches its place in the lumen within `enteringUntil` degrees.
    const off = isWide && from.angle === 0 ? Math.min(1, degrees(angle) / enteringUntil) : share
    return placeOf(anyFrame, {
      angle,
      radius: radius + (1 - off) * (from.radius - first.radius) + off * (to.radius - last.radius),
      height: height + (1 - off) * (from.height - first.height) + off * (to.height - last.height)
    })
  }
  const parts = isWide ? 4 * steps : steps
  let length = 0
  for (let n = 0; n < parts; n++) length += distance(at(n / parts), at((n + 1) / parts))
  return length
}

const anyFrame = {
  axis: { point: [0, 0, 0], direction: [0, 0, 1] },
  zero: [1, 0, 0],
  quarter: [0, 1, 0]
} as const
