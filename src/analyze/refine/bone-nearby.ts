import { smooth } from '../../core/image/filter.ts'
import type { Vector3 } from '../../core/math/vector.ts'
import { type GreyLevels, isInShell } from './grey-levels.ts'
import type { Outline } from './outline.ts'

/** SD (mm) of the neighbourhood over which bone in the shell is averaged. */
const neighbourhood = 0.6

/** Shares of bone in the nearby shell below which the scan has weight 0, and above which it has weight 1. */
const boneShare = { min: 0.35, max: 0.65 }

/**
 * Weight (0 to 1) of the scan against the network at each voxel: it grows with the share of bone in the shell around the outline
 * nearby. At the windows, towards another turn and at the nerve's canal there is no bone from which a boundary could be measured.
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
  const shell = new Float32Array(outside.length).map((_, at) => (isInShell(outside[at] as number) ? 1 : 0))
  const bright = shell.map((isShell, at) => (isShell === 1 && (image[at] as number) > half ? 1 : 0))
  const sd: Vector3 = [neighbourhood / spacing, neighbourhood / spacing, neighbourhood / spacing]
  const nearby = smooth(shell, size, sd)
  return smooth(bright, size, sd).map((sum, at) => {
    const share = sum / ((nearby[at] as number) + 1e-6)
    return Math.max(0, Math.min(1, (share - boneShare.min) / (boneShare.max - boneShare.min)))
  })
}
