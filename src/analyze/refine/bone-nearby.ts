import { smooth } from '../../core/image/filter.ts'
import type { Vector3 } from '../../core/math/vector.ts'
import { type GreyLevels, isInShell } from './grey-levels.ts'
import type { Outline } from './outline.ts'

/** SD (mm) of the neighbourhood whose shell is looked at. */
const neighbourhood = 0.6

/** Shares of bone in the nearby shell below which the scan has weight 0, and above which it has weight 1. */
const boneShare = { min: 0.35, max: 0.65 }

/**
 * How far the scan can place the boundary at each voxel, 0 to 1: by how much of the shell around the outline nearby is
 * bone. At the windows, at another turn and at the nerve's canal there is none to measure against.
 * @param image the scan on the outline's grid, NaN outside the scan
 */
export function scanWeight(
  image: Float32Array,
  { outside }: Outline,
  size: Vector3,
  spacing: number,
  { inside, bone }: GreyLevels
): Float32Array {
  const half = (inside + bone) / 2
  const shell = Float32Array.from(outside, (distance) => (isInShell(distance) ? 1 : 0))
  const bright = shell.map((isShell, at) => (isShell === 1 && (image[at] as number) > half ? 1 : 0))
  const sd: Vector3 = [neighbourhood / spacing, neighbourhood / spacing, neighbourhood / spacing]
  const nearby = smooth(shell, size, sd)
  return smooth(bright, size, sd).map((sum, at) => {
    const share = sum / ((nearby[at] as number) + 1e-6)
    return Math.max(0, Math.min(1, (share - boneShare.min) / (boneShare.max - boneShare.min)))
  })
}
