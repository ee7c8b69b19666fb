import { applyAffine, voxelIndex, worldFromIndex } from '../../core/geometry/geometry.ts'
import { loosePieces } from '../../core/image/loose-pieces.ts'
import type { Flag, JudgedEar } from './flag.ts'

/** More than these are not flagged one by one. */
const maxFlags = 5

/** Flags loose pieces of an ear that a person painted: components that are not connected to the rest. */
export function judgePieces({ side, labels: { geometry, data }, isPainted }: JudgedEar): Flag[] {
  if (isPainted !== true) return []
  const toWorld = worldFromIndex(geometry)
  const [dx, dy, dz] = geometry.spacing
  return loosePieces(geometry, data)
    .slice(0, maxFlags)
    .map((voxels): Flag => {
      const volume = voxels.length * dx * dy * dz
      const place = applyAffine(toWorld, voxelIndex(geometry.size, voxels[voxels.length >> 1] as number))
      return {
        id: 'loose_piece',
        severity: 'warning',
        side,
        text: `A piece of ${volume.toFixed(2)} mm³ of the ${side} ear is connected to nothing else and counts in its volumes: a stray stroke?`,
        place,
        evidence: { volume }
      }
    })
}
