import { smooth } from '../../core/image/filter.ts'
import type { Vector3 } from '../../core/math/vector.ts'
import { certainlyBackground } from '../predict/prediction.ts'
import { type GreyLevels, insideShare } from './grey-levels.ts'
import type { Outline } from './outline.ts'

/** How a network's outline would look in the scan. */
export interface ExpectedImage {
  /** SD (mm) of the Gaussian blur between the outline and the scan: the scanner's kernel, the voxels, the outline's own. */
  readonly blur: number
  /** Share of the ear's inside that is expected in each voxel of the network's grid, 0 to 1. */
  readonly shares: Float32Array
}

/** Blurs (SD, mm) that are tried: from a bone kernel at 0.1 mm to a soft one at 0.6 mm. */
const blurs = [0.1, 0.15, 0.2, 0.225, 0.25, 0.275, 0.3, 0.325, 0.35, 0.4, 0.45, 0.5, 0.6] as const

/** Voxels nearer to the outline (mm) than this are compared. */
const reach = 1

/** Shares are clipped to this range, which limits noise and voxels that are neither inside nor bone. */
const shareRange = { min: -0.3, max: 1.3 }

/** Factor on the network's logits, so that hardly any voxel has a probability near one half. */
const steepness = 1.5

/**
 * The outline, blurred by the SD that makes it most similar to the scan where bone adjoins it.
 * @param image the scan on the outline's grid, NaN outside the scan
 * @param trust of the scan at each voxel, 0 to 1
 */
export function expectedImage(
  image: Float32Array,
  outline: Outline,
  size: Vector3,
  spacing: number,
  levels: GreyLevels,
  trust: Float32Array
): ExpectedImage {
  const compared: number[] = []
  const seen: number[] = []
  for (let at = 0; at < image.length; at++) {
    const isNear = (outline.inside[at] as number) < reach && (outline.outside[at] as number) < reach
    const value = image[at] as number
    if (!isNear || (trust[at] as number) < 0.9 || Number.isNaN(value)) continue
    compared.push(at)
    seen.push(Math.max(shareRange.min, Math.min(shareRange.max, insideShare(value, levels))))
  }
  // Nothing, not hardly anything, where it is certainly background: a blur passes over zeros.
  const occupied = outline.logOdds.map((odds) =>
    odds === certainlyBackground ? 0 : 1 / (1 + Math.exp(-steepness * odds))
  )
  let best: ExpectedImage & { readonly error: number } = {
    blur: blurs[0],
    shares: occupied,
    error: Number.POSITIVE_INFINITY
  }
  for (const blur of blurs) {
    const shares = smooth(occupied, size, [blur / spacing, blur / spacing, blur / spacing])
    const error = compared.reduce((sum, at, n) => sum + ((shares[at] as number) - (seen[n] as number)) ** 2, 0)
    // The error has one minimum.
    if (error > best.error) break
    best = { blur, shares, error }
  }
  return best
}
