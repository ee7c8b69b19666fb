import type { Occupancy } from '../analyze/segment/occupancy.ts'
import { type PartId, parts } from '../core/anatomy.ts'
import { voxelVolume } from '../core/geometry/geometry.ts'

/** Volumes in mm³. */
export interface LabyrinthVolumes {
  readonly parts: Readonly<Record<PartId, number>>
  /** The sum of the parts. */
  readonly labyrinth: number
}

/**
 * Volume of each part and of the whole labyrinth: the sum of the shares of voxels × volume of a voxel.
 *
 * @example
 * ```ts
 * import { type EarFinding, measureVolumes } from 'otomark'
 *
 * const cochleaVolume = ({ occupancy }: EarFinding) => measureVolumes(occupancy).parts.cochlea
 * ```
 */
export function measureVolumes({ geometry, parts: shares }: Occupancy): LabyrinthVolumes {
  const volume = (id: PartId): number => {
    const part = shares[parts.findIndex((candidate) => candidate.id === id)] as Float32Array
    let voxels = 0
    for (let at = 0; at < part.length; at++) voxels += part[at] as number
    return voxels * voxelVolume(geometry)
  }
  const [cochlea, vestibule, canals] = [volume('cochlea'), volume('vestibule'), volume('semicircular_canals')]
  return {
    parts: { cochlea, vestibule, semicircular_canals: canals },
    labyrinth: cochlea + vestibule + canals
  }
}
