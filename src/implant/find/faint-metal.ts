import { degrees } from '../../core/math/angle.ts'
import { quantile } from '../../core/math/quantile.ts'
import { range } from '../../core/math/range.ts'
import { cochlearPlace } from '../../ear/cochlear-coordinates.ts'
import type { CochlearDuct } from '../../measure/cochlea/cochlear-duct.ts'
import { endOf, enteringSection, inWorld, levelIn } from '../lumen.ts'
import { backgroundOf, fluid } from './background.ts'
import { type Densities, type Metal, metalAbove, scaleEnd } from './metal.ts'

/**
 * Blurred contacts that merge may be no denser than bone. The lumen is then still filled: at all these angles (°) its inner part (levels,
 * `levelIn`; sampled with this step, mm) holds at least this density (HU). It was at most 960 at the emptiest angle of 120 generated ears
 * without metal, at least 1337 in five with such an array.
 */
const filled = { from: 30, to: 180, step: 15, level: 0.5, mm: 0.1, density: 1150 }

/** Densities are scaled so that this quantile of the inner part's maxima becomes the end of the 12-bit scale. */
const usual = 0.75

/** After scaling, densities (HU) above this are metal: about half way to the array's wires. */
const threshold = 900

/** Up to this level of the nearest turn the background is taken off; farther out lies no array, and the lead has another one. */
const surroundings = 6

/**
 * Metal that is hardly denser than bone, counted above the fluid and the bone that are expected where it lies.
 * @returns undefined where the lumen is not filled with metal
 */
export function faintMetal(metal: Metal, duct: CochlearDuct): Metal | undefined {
  const maxima = range(filled.from, filled.to, filled.step).map((angle) => innerMaximum(metal, duct, angle))
  if (Math.min(...maxima) < filled.density) return undefined
  const gain = Math.max(1, (scaleEnd - fluid) / (quantile(maxima, usual) - fluid))
  return metalAbove(threshold, aboveBackground(metal, duct, gain), metal.volume)
}

/** The maximum density (HU) in the inner part of the lumen at an angle (°). */
function innerMaximum({ at }: Metal, duct: CochlearDuct, angle: number): number {
  const section = enteringSection(duct, angle)
  const [width, height] = [Math.sqrt(section.shape[0]), Math.sqrt(section.shape[2])]
  let maximum = Number.NEGATIVE_INFINITY
  for (const r of range(-width, width, filled.mm)) {
    for (const h of range(-height, height, filled.mm)) {
      const place = { radius: section.radius + r, height: section.height + h }
      if (levelIn(section, place) <= filled.level) maximum = Math.max(maximum, at(...inWorld(duct, angle, place)))
    }
  }
  return maximum
}

/** Densities (HU) near the cochlea in which its background is that of fluid, and what is denser is scaled by a factor. */
function aboveBackground(metal: Metal, duct: CochlearDuct, gain: number): Densities {
  const background = backgroundOf(metal, duct)
  const sections = range(0, endOf(duct), 1).map((angle) => enteringSection(duct, angle))
  return (x, y, z) => {
    const density = metal.at(x, y, z)
    const place = cochlearPlace(duct.frame, [x, y, z])
    let [nearest, least] = [undefined as (typeof sections)[number] | undefined, surroundings]
    for (let at = (Math.round(degrees(place.angle)) + 360) % 360; at < sections.length; at += 360) {
      const section = sections[at] as (typeof sections)[number]
      const level = levelIn(section, place)
      if (level < least) [nearest, least] = [section, level]
    }
    return nearest === undefined ? density : fluid + gain * (density - background(nearest, place))
  }
}
