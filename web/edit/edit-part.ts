import type { EditName, LabelChange } from '../corrections.ts'
import type { EarState } from '../ear-state.ts'
import type { Look } from '../look.ts'
import { acceptedIn } from './accepted.ts'
import { changeBetween } from './change-between.ts'
import { fillHoles } from './fill-holes.ts'
import { grow } from './grow.ts'
import { removeIslands } from './remove-islands.ts'
import { restore } from './restore.ts'
import { shrink } from './shrink.ts'

/** What is done to a whole part of an ear, as one change; undefined where it changes nothing. */
export function editPart(ear: EarState, how: EditName, look: Look): LabelChange | undefined {
  const change = changeBetween(ear.labels, edited(ear, how, look))
  return change && { what: 'labels', ear: ear.id, how, ...change }
}

function edited(ear: EarState, how: EditName, look: Look): Uint8Array {
  const { grid, labels, foundLabels } = ear
  const { label } = look
  switch (how) {
    case 'grow':
      return grow(grid, labels, label, acceptedIn(ear, look))
    case 'shrink':
      return shrink(grid, labels, label)
    case 'fill':
      return fillHoles(grid, labels, label)
    case 'islands':
      return removeIslands(grid, labels, label)
    case 'restore':
      return restore(labels, foundLabels, label)
  }
}
