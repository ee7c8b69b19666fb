import type { VoxelArray } from '../volume.ts'

/** 1 where a value is greater than the level, else 0, also where it is NaN. */
export function voxelsAbove(values: VoxelArray, level: number): Uint8Array {
  const mask = new Uint8Array(values.length)
  for (let at = 0; at < values.length; at++) if ((values[at] as number) > level) mask[at] = 1
  return mask
}

/** 1 where a value is less than the level, else 0, also where it is NaN. */
export function voxelsBelow(values: VoxelArray, level: number): Uint8Array {
  const mask = new Uint8Array(values.length)
  for (let at = 0; at < values.length; at++) if ((values[at] as number) < level) mask[at] = 1
  return mask
}
