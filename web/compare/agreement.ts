import { type PartId, parts } from '../../src/core/anatomy.ts'
import { type Geometry, voxelVolume } from '../../src/core/geometry/geometry.ts'
import { averageSurfaceDistance } from '../../src/core/metrics/average-surface-distance.ts'
import { dice } from '../../src/core/metrics/dice.ts'
import { countOverlap } from '../../src/core/metrics/overlap.ts'
import { surfaceDistances } from '../../src/core/metrics/surface-distances.ts'
import type { EarId } from '../ear-id.ts'

/** How the outlines of a region agree, of the shown ear and of the one it is compared with. */
export interface Agreement {
  readonly region: PartId | 'labyrinth'
  /** 0 to 1. */
  readonly dice: number
  /** mm³ of voxels with its label. */
  readonly shown: number
  readonly other: number
  /** Mean symmetric distance of the surfaces, mm; null where one of them shows nothing of it. */
  readonly surfaceDistance: number | null
}

/** How the outlines of an ear agree with those that it is compared with. */
export interface EarAgreement {
  readonly ear: EarId
  /** The ear's labels that were compared: those of an edit since then agree otherwise. */
  readonly labels: Uint8Array
  readonly regions: readonly Agreement[]
}

/**
 * Compares two label maps on one grid, region by region; what neither shows is left out.
 * @param by `labyrinth` where one of them does not distinguish the parts
 */
export function agreementOf(
  shown: Uint8Array,
  other: Uint8Array,
  grid: Geometry,
  by: 'parts' | 'labyrinth'
): Agreement[] {
  const own = parts.map(({ id, label }) => [id, (value: number) => value === label] as const)
  const regions = [['labyrinth', (value: number) => value !== 0] as const, ...(by === 'parts' ? own : [])]
  return regions.flatMap(([region, isInside]) => {
    const overlap = countOverlap(shown, other, isInside)
    if (overlap.predicted + overlap.truth === 0) return []
    const maskOf = (labels: Uint8Array): Uint8Array => labels.map((value) => Number(isInside(value)))
    const { size, spacing } = grid
    const distances = surfaceDistances({ predicted: maskOf(shown), truth: maskOf(other), size, spacing })
    const volume = voxelVolume(grid)
    return {
      region,
      dice: dice(overlap),
      shown: overlap.predicted * volume,
      other: overlap.truth * volume,
      surfaceDistance: distances && averageSurfaceDistance(distances)
    }
  })
}
