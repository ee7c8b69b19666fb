import { degrees } from '../../core/math/angle.ts'
import { median } from '../../core/math/quantile.ts'
import { range } from '../../core/math/range.ts'
import { cochlearPlace, type WallPlace } from '../../ear/cochlear-coordinates.ts'
import type { CochlearDuct, DuctSection } from '../../measure/cochlea/cochlear-duct.ts'
import { endOf, enteringSection, inWorld, levelIn } from '../lumen.ts'
import type { Densities, Metal } from './metal.ts'

/** The density (HU) expected at a place of a section if there were no metal. */
export type Background = (section: DuctSection, place: WallPlace) => number

/** Perilymph, HU. */
export const fluid = 50

/** Where bone around the lumen is sampled (levels, `levelIn`), the range of its density, and that if there are no samples (HU). */
const shell = { from: 2.5, to: 5, low: 800, high: 2400, fallback: 1500 }

/** Grid on which bone is sampled: degrees, mm, and the maximum distance from the lumen's middle, mm. */
const search = { angle: 20, mm: 0.4, reach: 2 }

/** Width of the transition from fluid to bone (mm), and half the width of a lumen (mm), which converts a level into mm. */
const blur = 0.25
const halfWidth = 0.8

/**
 * The background of an array: fluid in the lumen and bone around it. Without it, dense bone at the wall would shift the centroid of
 * the metal outwards by 0.1 mm.
 */
export function backgroundOf(metal: Metal, duct: CochlearDuct): Background {
  const bone = boneAround(metal, duct)
  return (section, place) => {
    const beyond = ((Math.sqrt(levelIn(section, place)) - 1) * halfWidth) / blur
    return fluid + (bone - fluid) / (1 + Math.exp(-beyond))
  }
}

/** Up to this level of the nearest turn the background is taken off; farther out lies no array, and a lead has another one. */
const surroundings = 6

/** Densities (HU) about the cochlea as they would be if its bone were as dense as the fluid in the lumen. */
export function aboveBackground(metal: Metal, duct: CochlearDuct): Densities {
  const background = backgroundOf(metal, duct)
  const sections = range(0, endOf(duct), 1).map((angle) => enteringSection(duct, angle))
  return (x, y, z) => {
    const density = metal.at(x, y, z)
    const place = cochlearPlace(duct.frame, [x, y, z])
    let nearest: DuctSection | undefined
    let least = surroundings
    for (let at = (Math.round(degrees(place.angle)) + 360) % 360; at < sections.length; at += 360) {
      const section = sections[at] as DuctSection
      const level = levelIn(section, place)
      if (level < least) [nearest, least] = [section, level]
    }
    return nearest === undefined ? density : fluid + density - background(nearest, place)
  }
}

/** The median density (HU) of the bone around the lumen. */
function boneAround({ at }: Metal, duct: CochlearDuct): number {
  const values: number[] = []
  for (let angle = search.angle; angle < endOf(duct); angle += search.angle) {
    const section = enteringSection(duct, angle)
    for (let r = -search.reach; r <= search.reach; r += search.mm) {
      for (let h = -search.reach; h <= search.reach; h += search.mm) {
        const place = { radius: section.radius + r, height: section.height + h }
        const level = levelIn(section, place)
        if (place.radius < 0 || level < shell.from || level > shell.to) continue
        const density = at(...inWorld(duct, angle, place))
        if (density > shell.low && density < shell.high) values.push(density)
      }
    }
  }
  return values.length === 0 ? shell.fallback : median(values)
}
