import type { EditName, LabelChange } from '../corrections.ts'
import { acceptedIn } from './accepted.ts'
import { changeBetween } from './change-between.ts'
import type { EditedEar, EditedPart } from './edited-ear.ts'
import { fillHoles } from './fill-holes.ts'
import { grow } from './grow.ts'
import { type LabelBox, labelBox } from './label-box.ts'
import { removeIslands } from './remove-islands.ts'
import { restore } from './restore.ts'
import { shrink } from './shrink.ts'

/**
 * What is done to a whole part of an ear, as one change; undefined where it changes nothing. It takes place within the box of
 * the ear's labels.
 */
export function editPart(ear: EditedEar, how: EditName, part: EditedPart): LabelChange | undefined {
  const { grid, labels, foundLabels } = ear
  const box = how === 'restore' ? labelBox(grid, labels, foundLabels) : labelBox(grid, labels)
  if (box === undefined) return undefined
  const before = box.crop(labels)
  const change = changeBetween(before, edited(ear, how, part, box, before))
  if (change === undefined) return undefined
  const voxels = change.voxels.map((at) => box.voxelOf(at))
  return { what: 'labels', ear: ear.id, how, ...change, voxels }
}

function edited(ear: EditedEar, how: EditName, part: EditedPart, box: LabelBox, labels: Uint8Array): Uint8Array {
  const { label } = part
  switch (how) {
    case 'grow': {
      const accepts = acceptedIn(ear, part)
      return grow(box.grid, labels, label, accepts && ((at) => accepts(box.voxelOf(at))))
    }
    case 'shrink':
      return shrink(box.grid, labels, label)
    case 'fill':
      return fillHoles(box.grid, labels, label)
    case 'islands':
      return removeIslands(box.grid, labels, label)
    case 'restore':
      return restore(labels, box.crop(ear.foundLabels), label)
  }
}
