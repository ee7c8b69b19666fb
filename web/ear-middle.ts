import { applyAffine, worldFromIndex } from '../src/core/geometry/geometry.ts'
import { maskBounds } from '../src/core/image/mask-bounds.ts'
import type { Vector3 } from '../src/core/math/vector.ts'
import type { EarState } from './ear-state.ts'
import type { Middle } from './viewer/viewer.ts'

/** mm of scan shown around the labyrinth at first. */
const margin = 2

/** The middle of the labyrinth, and how far it reaches. */
export function middleOf({ grid, labels, crosshair }: EarState): Middle {
  const bounds = maskBounds(labels, grid.size)
  if (bounds === undefined) return { place: crosshair, reach: Number.POSITIVE_INFINITY }
  const [low, high] = bounds
  const index = low.map((least, axis) => (least + (high[axis] as number)) / 2) as unknown as Vector3
  const reaches = low.map((least, axis) => (((high[axis] as number) - least) / 2) * (grid.spacing[axis] as number))
  return { place: applyAffine(worldFromIndex(grid), index), reach: Math.max(...reaches) + margin }
}
