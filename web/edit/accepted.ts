import type { EarState } from '../ear-state.ts'
import type { Look } from '../look.ts'
import { viewValues } from '../worker/ear-view.ts'

/** Which voxels of an ear may be edited, by their numbers: those within the threshold; undefined where there is none. */
export function acceptedIn(
  { image, grid }: Pick<EarState, 'image' | 'grid'>,
  { threshold }: Pick<Look, 'threshold'>
): ((voxel: number) => boolean) | undefined {
  if (threshold === null) return undefined
  const values = viewValues(image, grid)
  return (voxel) => (values[voxel] as number) >= threshold.low && (values[voxel] as number) <= threshold.high
}
