import { median } from '../../core/math/quantile.ts'
import type { WallPlace } from '../../ear/cochlear-coordinates.ts'
import type { CochlearDuct, DuctSection } from '../../measure/cochlea/cochlear-duct.ts'
import { endOf, enteringSection, inWorld, levelIn } from '../lumen.ts'
import type { Metal } from './metal.ts'

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
