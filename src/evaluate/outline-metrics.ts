import { parts } from '../core/anatomy.ts'
import { voxelVolume } from '../core/geometry/geometry.ts'
import { averageHausdorff } from '../core/metrics/average-hausdorff.ts'
import { averageSurfaceDistance } from '../core/metrics/average-surface-distance.ts'
import { dice } from '../core/metrics/dice.ts'
import { hausdorff95 } from '../core/metrics/hausdorff-95.ts'
import { intersectionOverUnion } from '../core/metrics/intersection-over-union.ts'
import { countOverlap } from '../core/metrics/overlap.ts'
import { surfaceDistances } from '../core/metrics/surface-distances.ts'
import { volumetricSimilarity } from '../core/metrics/volumetric-similarity.ts'
import type { LabelPair } from './common-grid.ts'
import type { OutlineMetrics, Region } from './evaluation.ts'

/**
 * How a prediction's outlines compare with the truth's, for each region of which the truth shows any.
 * @param byParts whether parts are compared too, or only the labyrinth as a whole
 */
export function outlineMetrics(pair: LabelPair, byParts: boolean): Partial<Record<Region, OutlineMetrics>> {
  const regions: (readonly [Region, (label: number) => boolean])[] = [
    ['labyrinth', (label) => label !== 0],
    ...(byParts ? parts.map(({ id, label: own }) => [id, (label: number) => label === own] as const) : [])
  ]
  return Object.fromEntries(
    regions.flatMap(([region, isInside]) => {
      const metrics = compare(pair, isInside)
      return metrics === undefined ? [] : [[region, metrics]]
    })
  )
}

function compare(
  { predicted, truth, geometry }: LabelPair,
  isInside: (label: number) => boolean
): OutlineMetrics | undefined {
  const overlap = countOverlap(predicted, truth, isInside)
  if (overlap.truth === 0) return undefined
  const maskOf = (labels: Uint8Array): Uint8Array => labels.map((label) => (isInside(label) ? 1 : 0))
  const masks = { predicted: maskOf(predicted), truth: maskOf(truth), size: geometry.size, spacing: geometry.spacing }
  const surfaces = surfaceDistances(masks)
  return {
    dice: dice(overlap),
    intersectionOverUnion: intersectionOverUnion(overlap),
    volumetricSimilarity: volumetricSimilarity(overlap),
    averageHausdorff: averageHausdorff(masks),
    averageSurfaceDistance: surfaces && averageSurfaceDistance(surfaces),
    hausdorff95: surfaces && hausdorff95(surfaces),
    predictedVolume: overlap.predicted * voxelVolume(geometry),
    trueVolume: overlap.truth * voxelVolume(geometry)
  }
}
