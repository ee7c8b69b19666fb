import { quantile } from '../math/quantile.ts'
import type { SurfaceDistances } from './surface-distances.ts'

/** HD95 in mm: the 95th percentile of the surface distances from one mask to the other; the larger of the two. */
export function hausdorff95({ fromPredicted, fromTruth }: SurfaceDistances): number {
  return Math.max(quantile(fromPredicted, 0.95), quantile(fromTruth, 0.95))
}
