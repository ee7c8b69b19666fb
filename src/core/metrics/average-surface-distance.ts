import type { SurfaceDistances } from './surface-distances.ts'

/** ASSD, the average symmetric surface distance in mm: the mean over the border voxels of both masks. */
export function averageSurfaceDistance({ fromPredicted, fromTruth }: SurfaceDistances): number {
  const sum = (distances: Float64Array): number => distances.reduce((total, value) => total + value, 0)
  return (sum(fromPredicted) + sum(fromTruth)) / (fromPredicted.length + fromTruth.length)
}
