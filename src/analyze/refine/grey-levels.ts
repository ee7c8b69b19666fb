import { median, quantile } from '../../core/math/quantile.ts'
import type { Outline } from './outline.ts'

/** What an ear's inside and its bone look like in the scan, in the scan's own greys. */
export interface GreyLevels {
  readonly inside: number
  readonly bone: number
}

/** Voxels deeper than this (mm) inside the outline show the ear's inside unmixed with bone. */
const minDepth = 0.35

/** Distances (mm) from the outline between which the bone around the ear is looked for. */
export const shell = { min: 0.25, max: 0.95 }

/** The bone's level and what counts as bone rest on each other; they settle in this many rounds. */
const rounds = 3

/** Where less than this share of the shell is bright, no bone surrounds the outline: it is no ear's, or all is cut off. */
const minBoneShare = 0.3

/** Bone must stand out from the inside by this many SD of the inside's greys. */
const minContrast = 2

/**
 * Median values of the scan inside the outline, and of the voxels brighter than half-way in a shell around it.
 * @param image the scan on the outline's grid, NaN outside the scan
 * @returns undefined where the two cannot be told apart in the scan
 */
export function greyLevels(image: Float32Array, { inside, outside }: Outline): GreyLevels | undefined {
  const deep: number[] = []
  const around: number[] = []
  for (let at = 0; at < image.length; at++) {
    const value = image[at] as number
    if (Number.isNaN(value)) continue
    if ((inside[at] as number) > minDepth) deep.push(value)
    if (isInShell(outside[at] as number)) around.push(value)
  }
  const level = median(deep)
  let bone = quantile(around, 0.75)
  let bright: readonly number[] = []
  for (let round = 0; round < rounds; round++) {
    const half = (level + bone) / 2
    bright = around.filter((value) => value > half)
    bone = median(bright)
  }
  // The interquartile range of a normal distribution is 1.35 SD.
  const sd = (quantile(deep, 0.75) - quantile(deep, 0.25)) / 1.35
  const isTold = bright.length >= minBoneShare * around.length && bone - level > minContrast * sd
  return isTold ? { inside: level, bone } : undefined
}

export function isInShell(distance: number): boolean {
  return distance > shell.min && distance < shell.max
}

/** How much of a voxel of this grey is the ear's inside and not bone: 1 and 0 where it is one of the two alone. */
export function insideShare(value: number, { inside, bone }: GreyLevels): number {
  return (bone - value) / (bone - inside)
}
