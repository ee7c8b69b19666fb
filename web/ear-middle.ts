import { applyAffine, indexFromWorld, worldFromIndex } from '../src/core/geometry/geometry.ts'
import type { Vector3 } from '../src/core/math/vector.ts'
import type { EarState } from './ear-state.ts'
import type { Middle } from './viewer/viewer.ts'

/** mm of scan shown around the labyrinth at first. */
const margin = 2

/** The middle of the labyrinth along the axes of its grid, and how far it reaches; taken from its surfaces, which are few numbers. */
export function middleOf({ grid, surfaces, crosshair }: Pick<EarState, 'grid' | 'surfaces' | 'crosshair'>): Middle {
  const toIndex = indexFromWorld(grid)
  const low: [number, number, number] = [Infinity, Infinity, Infinity]
  const high: [number, number, number] = [-Infinity, -Infinity, -Infinity]
  for (const { vertices } of Object.values(surfaces)) {
    for (let at = 0; at < vertices.length; at += 3) {
      const [x, y, z] = [vertices[at] as number, vertices[at + 1] as number, vertices[at + 2] as number]
      const index = applyAffine(toIndex, [x, y, z])
      for (const axis of [0, 1, 2] as const) {
        low[axis] = Math.min(low[axis], index[axis])
        high[axis] = Math.max(high[axis], index[axis])
      }
    }
  }
  if (low[0] > high[0]) return { place: crosshair, reach: Number.POSITIVE_INFINITY }
  const middle: Vector3 = [(low[0] + high[0]) / 2, (low[1] + high[1]) / 2, (low[2] + high[2]) / 2]
  const reach = (axis: 0 | 1 | 2): number => ((high[axis] - low[axis]) / 2) * grid.spacing[axis]
  return { place: applyAffine(worldFromIndex(grid), middle), reach: Math.max(reach(0), reach(1), reach(2)) + margin }
}
