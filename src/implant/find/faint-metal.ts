import { quantile } from '../../core/math/quantile.ts'
import { range } from '../../core/math/range.ts'
import type { CochlearDuct } from '../../measure/cochlea/cochlear-duct.ts'
import { enteringSection, inWorld, levelIn } from '../lumen.ts'
import { aboveBackground, fluid } from './background.ts'
import { type Metal, metalAbove, scaleEnd } from './metal.ts'

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

/**
 * Metal that is hardly denser than bone, counted above the fluid and the bone that are expected where it lies.
 * @returns undefined where the lumen is not filled with metal
 */
export function faintMetal(metal: Metal, duct: CochlearDuct): Metal | undefined {
  const maxima = range(filled.from, filled.to, filled.step).map((angle) => innerMaximum(metal, duct, angle))
  if (Math.min(...maxima) < filled.density) return undefined
  const gain = Math.max(1, (scaleEnd - fluid) / (quantile(maxima, usual) - fluid))
  const above = aboveBackground(metal, duct)
  return metalAbove(threshold, (x, y, z) => fluid + gain * (above(x, y, z) - fluid), metal.volume)
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
