import type { Geometry } from '../src/core/geometry/geometry.ts'
import type { Landmark } from '../src/core/landmark.ts'
import type { EarId } from './ear-id.ts'
import type { ElectrodeChange } from './ear-implant.ts'

/** One change a person made to an ear, with all that is needed to take it back. */
export type Change = LandmarkChange | LabelChange | ElectrodeChange

export interface LandmarkChange {
  readonly what: 'landmark'
  readonly ear: EarId
  readonly from: Landmark
  readonly to: Landmark
}

export interface LabelChange {
  readonly what: 'labels'
  readonly ear: EarId
  /** The label painted, 0 erases; or one for each voxel. */
  readonly to: number | Uint8Array
  /** Voxels of the ear's grid that changed, and the labels they had. */
  readonly voxels: Uint32Array
  readonly from: Uint8Array
  /** What made it, unless a stroke did. */
  readonly how?: EditName
}

/** What is done to a whole part at once. */
export const editNames = ['grow', 'shrink', 'fill', 'islands', 'restore'] as const
export type EditName = (typeof editNames)[number]

/** What happened, in order: changes made, taken back and made again. Nothing is ever removed from the record. */
export interface Entry {
  /** ISO 8601. */
  readonly at: string
  readonly action: 'change' | 'undo' | 'redo'
  readonly change: Change
}

/** Labels with a change made (or taken back); the array given stays as it was. */
export function withLabelChange(labels: Uint8Array, change: LabelChange, back = false): Uint8Array<ArrayBuffer> {
  const result = Uint8Array.from(labels)
  for (const [n, at] of change.voxels.entries()) result[at] = back ? (change.from[n] as number) : labelAfter(change, n)
  return result
}

/** The label that a voxel of a change gets. @param n its place among them */
export function labelAfter({ to }: Pick<LabelChange, 'to'>, n: number): number {
  return typeof to === 'number' ? to : (to[n] as number)
}

/** The first and the last slice along a grid's third axis in which a change lies; undefined for a change of no voxel. */
export function slicesOf(
  { voxels }: Pick<LabelChange, 'voxels'>,
  { size }: Geometry
): readonly [number, number] | undefined {
  if (voxels.length === 0) return undefined
  let [first, last] = [Number.POSITIVE_INFINITY, 0]
  for (const at of voxels) {
    first = Math.min(first, at)
    last = Math.max(last, at)
  }
  const slice = size[0] * size[1]
  return [Math.floor(first / slice), Math.floor(last / slice)]
}
