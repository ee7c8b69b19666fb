import type { CochlearDuct } from '../measure/cochlea/cochlear-duct.ts'
import { greenwoodFrequency } from '../measure/cochlea/insertion.ts'
import { endOf, wallLengths } from './lumen.ts'

/** Where the frequencies of contacts come from. */
export const tonotopySource =
  "Greenwood 1990, at the fraction of the lateral wall's traced length at the contact's angle about the modiolar axis"

/** Places along the turns of one cochlea as shares of its length. */
export interface Tonotopy {
  /** Share (0 to 1) of the lateral wall's length from the round window to an angle (°). */
  share(angle: number): number
  /** The angle (°) of a share. */
  angle(share: number): number
  /** Hz at an angle (°). */
  frequency(angle: number): number
}

/**
 * At any angle the organ of Corti is assumed to have the same share of its length behind it as the lateral wall; the frequency
 * there is Greenwood's for that share.
 * @param longer by which share the whole wall is longer than traced
 */
export function tonotopyOf(duct: CochlearDuct, longer = 0): Tonotopy {
  const lengths = wallLengths(duct)
  const angles = duct.sections.map(({ angle }) => angle)
  const whole = (lengths.at(-1) ?? 0) * (1 + longer)
  const share = (angle: number): number => interpolate(angles, lengths, Math.max(0, angle)) / whole
  return {
    share,
    angle: (wanted) => Math.min(endOf(duct), interpolate(lengths, angles, wanted * whole)),
    frequency: (angle) => greenwoodFrequency(Math.max(0, 1 - share(angle)))
  }
}

/** The value at `at` of a function given at growing places, linear between them and constant beyond. */
export function interpolate(places: readonly number[], values: readonly number[], at: number): number {
  const next = places.findIndex((place) => place >= at)
  if (next < 0) return values.at(-1) ?? Number.NaN
  if (next === 0) return values[0] ?? Number.NaN
  const [x0, x1] = [places[next - 1] as number, places[next] as number]
  const [y0, y1] = [values[next - 1] as number, values[next] as number]
  return y0 + ((at - x0) / (x1 - x0)) * (y1 - y0)
}
