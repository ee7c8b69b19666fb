import { applyAffine, containsPoint, indexFromWorld } from '../../src/core/geometry/geometry.ts'
import { loosePieces } from '../../src/core/image/loose-pieces.ts'
import type { Vector3 } from '../../src/core/math/vector.ts'
import type { LabelChange } from '../corrections.ts'
import type { EarState } from '../ear-state.ts'
import { labelBox } from './label-box.ts'

/** What removes the loose piece at a place (LPS mm) of an ear; undefined where there is none. */
export function withoutLoosePiece(
  { id, grid, labels }: Pick<EarState, 'id' | 'grid' | 'labels'>,
  place: Vector3
): LabelChange | undefined {
  const box = labelBox(grid, labels)
  if (box === undefined || !containsPoint(box.grid, place)) return undefined
  const [i, j, k] = applyAffine(indexFromWorld(box.grid), place).map(Math.round) as [number, number, number]
  const [nx, ny] = box.grid.size
  const at = i + nx * (j + ny * k)
  const piece = loosePieces(box.grid, box.crop(labels)).find((voxels) => voxels.includes(at))
  if (piece === undefined) return undefined
  const voxels = piece.map((voxel) => box.voxelOf(voxel))
  return { what: 'labels', ear: id, to: 0, voxels, from: Uint8Array.from(voxels, (voxel) => labels[voxel] as number) }
}
