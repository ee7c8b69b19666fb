import { radians } from '../../core/math/angle.ts'
import { distance, type Vector3 } from '../../core/math/vector.ts'
import { type CochlearPlace, cochlearPlace, placeOf } from '../../ear/cochlear-coordinates.ts'
import type { CochlearDuct } from '../../measure/cochlea/cochlear-duct.ts'

/**
 * How deep (mm) each contact lies: the way from the middle of the round window through the contacts, between which radius,
 * angle and height change evenly.
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
    depth += way(before, place)
    before = place
    return depth
  })
  return fromBase.toReversed()
}

/** Parts that a way between two places is measured in. */
const steps = 16

/** Length (mm) of a way along which radius, angle and height change evenly. */
function way(from: CochlearPlace, to: CochlearPlace): number {
  // In a frame of its own, since lengths are the same in all.
  const at = (share: number): Vector3 => {
    const mix = (of: (place: CochlearPlace) => number): number => of(from) + share * (of(to) - of(from))
    return placeOf(plain, {
      radius: mix(({ radius }) => radius),
      angle: mix(({ angle }) => angle),
      height: mix(({ height }) => height)
    })
  }
  let length = 0
  for (let n = 0; n < steps; n++) length += distance(at(n / steps), at((n + 1) / steps))
  return length
}

const plain = {
  axis: { point: [0, 0, 0], direction: [0, 0, 1] },
  zero: [1, 0, 0],
  quarter: [0, 1, 0]
} as const
