import { add, norm, scale, subtract } from '../../core/math/vector.ts'
import { maxDisplacement } from '../displacement.ts'
import type { CtSlice } from './slice.ts'

/** Slices of one size, pixel spacing and orientation, in groups; the largest group first. */
export function groupAlike(slices: readonly CtSlice[]): readonly (readonly CtSlice[])[] {
  const groups: CtSlice[][] = []
  for (const slice of slices) {
    const group = groups.find(([model]) => differenceOf(slice, model as CtSlice) === undefined)
    if (group === undefined) groups.push([slice])
    else group.push(slice)
  }
  return groups.sort((a, b) => b.length - a.length)
}

/** In what two slices differ so that they are of no one grid; undefined if they do not. */
export function differenceOf(slice: CtSlice, model: CtSlice): string | undefined {
  if (slice.rows !== model.rows || slice.columns !== model.columns) return 'size'
  const limit = maxDisplacement([model.columnSpacing, model.rowSpacing])
  const wider = Math.abs(slice.columnSpacing - model.columnSpacing) * model.columns
  const taller = Math.abs(slice.rowSpacing - model.rowSpacing) * model.rows
  // Written so that spacings that are no numbers differ too.
  if (!(Math.max(wider, taller) <= limit)) return 'pixel spacing'
  const along = scale(subtract(slice.rowDirection, model.rowDirection), model.columns * model.columnSpacing)
  const down = scale(subtract(slice.columnDirection, model.columnDirection), model.rows * model.rowSpacing)
  return Math.max(norm(along), norm(down), norm(add(along, down))) <= limit ? undefined : 'orientation'
}

/** At most three slices by file and instance number. */
export function namesOf(slices: readonly CtSlice[]): string {
  const shown = slices.slice(0, 3).map(({ file, instance }) => `${file} (instance ${instance})`)
  return shown.join(' and ') + (slices.length > 3 ? ` and ${slices.length - 3} more` : '')
}
