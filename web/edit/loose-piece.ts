import { applyAffine, indexFromWorld } from '../../src/core/geometry/geometry.ts'
import { loosePieces } from '../../src/core/image/loose-pieces.ts'
import type { Vector3 } from '../../src/core/math/vector.ts'
import type { LabelChange } from '../corrections.ts'
import type { EarState } from '../ear-state.ts'

/** What removes the loose piece at a place (LPS mm) of an ear; undefined where there is none. */
export function withoutLoosePiece({ id, grid, labels }: EarState, place: Vector3): LabelChange | undefined {
  const [i, j, k] = applyAffine(indexFromWorld(grid), place).map(Math.round) as [number, number, number]
  const at = i + grid.size[0] * (j + grid.size[1] * k)
  const piece = loosePieces(grid, labels).find((voxels) => voxels.includes(at))
  if (piece === undefined) return undefined
  const from = Uint8Array.from(piece, (voxel) => labels[voxel] as number)
  return { what: 'labels', ear: id, to: 0, voxels: piece, from }
}
