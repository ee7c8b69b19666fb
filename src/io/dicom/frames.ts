import type { DataSet } from 'dicom-parser'
import { itemsOf } from './elements.ts'

/** The attributes of one frame, by functional group or, in a single-frame object, at the root. */
export interface FrameAttributes {
  /** The data set that holds `tag`, in the frame's own group, the shared one, or at the root. */
  where(group: string, tag: string): DataSet | undefined
}

/** Functional group macros (PS3.3, C.7.6.16.2) that a CT slice is read from. */
export const groups = {
  content: 'x00209111',
  position: 'x00209113',
  orientation: 'x00209116',
  measures: 'x00289110',
  rescale: 'x00289145',
  anatomy: 'x00209071',
  type: 'x00189329',
  reconstruction: 'x00189314',
  /** Attributes that a legacy object carried for this frame and that no other macro holds. */
  unassigned: 'x00209171'
} as const

/** Why an object has no {@link framesOf}, as a noun phrase that says what it is. */
export function framesProblem(data: DataSet): string {
  const [declared, items] = [data.string('x00280008') ?? '1', itemsOf(data, 'x52009230').length]
  if (items === 0) return 'multi-frame CT that does not say where its frames lie'
  return `multi-frame CT that contradicts itself: its Number of Frames is ${declared}, and it says where ${items} lie`
}

/** The frames of an object, in the order their pixels lie in; one for an object without functional groups. */
export function framesOf(data: DataSet): readonly FrameAttributes[] {
  const count = Math.max(1, Math.trunc(Number(data.string('x00280008') ?? 1)) || 1)
  const shared = itemsOf(data, 'x52009229')[0]
  const own = itemsOf(data, 'x52009230')
  if (shared === undefined && own.length === 0) return count === 1 ? [rootOnly(data)] : []
  if (own.length !== 0 && own.length !== count) return []
  if (own.length === 0 && count > 1) return []
  const frames = own.length === 0 ? [undefined] : own
  return frames.map((frame) => ({
    where: (group, tag) =>
      [itemsOf(frame, group)[0], itemsOf(shared, group)[0], itemsOf(frame, groups.unassigned)[0], data].find(
        (held) => held?.elements[tag] !== undefined
      )
  }))
}

function rootOnly(data: DataSet): FrameAttributes {
  return { where: (_, tag) => (data.elements[tag] === undefined ? undefined : data) }
}
