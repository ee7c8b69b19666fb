import { type PartId, partLabel, parts } from '../core/anatomy.ts'
import { voxelVolume } from '../core/geometry.ts'
import type { Volume } from '../core/volume.ts'

/** Volumes in mm³. */
export interface LabyrinthVolumes {
  readonly parts: Readonly<Record<PartId, number>>
  /** The sum of the parts. */
  readonly labyrinth: number
}

/** Volume of each part and of the whole labyrinth: number of its voxels × volume of a voxel. */
export function measureVolumes({ geometry, data }: Volume<Uint8Array>): LabyrinthVolumes {
  const counts = new Float64Array(parts.length + 1)
  for (const label of data) if (label < counts.length) counts[label] = (counts[label] as number) + 1
  const volume = (id: PartId): number => (counts[partLabel[id]] as number) * voxelVolume(geometry)
  const [cochlea, vestibule, canals] = [volume('cochlea'), volume('vestibule'), volume('semicircular_canals')]
  return {
    parts: { cochlea, vestibule, semicircular_canals: canals },
    labyrinth: cochlea + vestibule + canals
  }
}
