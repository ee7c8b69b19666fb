import { degrees, radians } from '../../core/math/angle.ts'
import { mean } from '../../core/math/mean.ts'
import type { Vector3 } from '../../core/math/vector.ts'
import { cochlearPlace } from '../../ear/cochlear-coordinates.ts'
import type { ElectrodeArray } from '../../electrode/array.ts'
import type { CochlearDuct } from '../../measure/cochlea/cochlear-duct.ts'
import type { MetalProfile } from './metal-profile.ts'
import type { PlacedArray, PlacedContact } from './placed-array.ts'
import { placeAt, type Track, trackStep } from './track.ts'

/** The contacts at these steps of a track. */
export function contactsAlong(
  track: Track,
  { values, from }: MetalProfile,
  steps: readonly number[],
  duct: CochlearDuct
): PlacedContact[] {
  return steps.map((at): PlacedContact => {
    const position = placeAt(track, at)
    const seen = Math.min(1, values[Math.round(at) - from] ?? 0)
    return { position, seen, angle: angleAt(track, at, position, duct) }
  })
}

function angleAt({ angles, window }: Track, at: number, position: Vector3, duct: CochlearDuct): number | undefined {
  const along = angles[Math.min(angles.length - 1, Math.round(at))]
  if (at < window || along === null || along === undefined) return undefined
  const about = cochlearPlace(duct.frame, position).angle
  const turns = Math.round((radians(along) - about) / (2 * Math.PI))
  return Math.max(0, degrees(about) + 360 * turns)
}

/** With a greater share of contacts outside the cochlea, the array more likely lies deeper and part of its metal is not visible. */
const maxOutside = 1 / 3

/** The reason not to place an array too many of whose contacts would lie outside the cochlea. */
export function tooFarOut(contacts: readonly PlacedContact[], { model }: ElectrodeArray): string | undefined {
  const outside = contacts.filter(({ angle }) => angle === undefined).length
  if (outside <= maxOutside * contacts.length) return undefined
  return `${outside} of ${contacts.length} contacts of the ${model} would lie outside the cochlea: only part of its metal may be visible`
}

/**
 * Ratio of the mean metal in the last `mm` of the array to that in the `before` mm before them. Above `possible` the tip may be folded
 * back, above `likely` it is taken to be.
 */
const tipMetal = { mm: 2.5, before: 6, possible: 1.45, likely: 1.8 }

/** Ratio of the mean metal near the tip to that before it. @param tip step of the most apical contact */
export function metalAtTip({ profile }: Track, tip: number): number {
  const metal = (from: number, to: number): number => {
    const [start, end] = [from, to].map((mm) => Math.max(0, Math.round(Math.round(tip) - mm / trackStep)))
    const part = profile.subarray(start, end)
    return part.length === 0 ? 0 : mean(part)
  }
  return metal(tipMetal.mm, 0) / metal(tipMetal.mm + tipMetal.before, tipMetal.mm)
}

/** How likely a tip is folded back. @param ratio of the metal near it, `metalAtTip` */
export function foldByTip(ratio: number): PlacedArray['folded'] {
  return ratio > tipMetal.likely ? 'likely' : ratio > tipMetal.possible ? 'possible' : 'unlikely'
}
