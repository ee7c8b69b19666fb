import type { SurfaceDistances } from './surface-distances.ts'

/** HD95 in mm: the 95th percentile of the surface distances from one mask to the other; the larger of the two. */
export function hausdorff95({ fromPredicted, fromTruth }: SurfaceDistances): number {
  return Math.max(percentile(fromPredicted, 0.95), percentile(fromTruth, 0.95))
}

/** Linear between the two nearest ranks, as NumPy has it. */
function percentile(values: Float64Array, share: number): number {
  const sorted = values.toSorted()
  const rank = share * (sorted.length - 1)
  const [below, above] = [sorted[Math.floor(rank)] as number, sorted[Math.ceil(rank)] as number]
  return below + (above - below) * (rank - Math.floor(rank))
}
