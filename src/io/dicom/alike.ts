import { add, norm, scale, subtract } from '../../core/math/vector.ts'
import { maxDisplacement } from '../displacement.ts'
import type { CtSlice, SliceSubject } from './slice.ts'

/** In what slices can differ so that they are of no one grid. */
export type Difference = keyof SliceSubject | 'size' | 'pixel spacing' | 'orientation'

/** Slices of one subject, size, pixel spacing and orientation, in groups; the largest group first. */
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
export function differenceOf(slice: CtSlice, model: CtSlice): Difference | undefined {
  const other = subjectDifference(slice.subject, model.subject)
  if (other !== undefined) return other
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

/** In what two subjects differ; what a header does not say contradicts nothing. */
function subjectDifference(a: SliceSubject, b: SliceSubject): keyof SliceSubject | undefined {
  const kinds = ['patient', 'study', 'frame of reference'] as const
  return kinds.find((kind) => a[kind] !== b[kind] && a[kind] !== '' && b[kind] !== '')
}

/** What is other about slices that are left out of a stack, to follow `of`. */
export function strayKind([model]: readonly CtSlice[], strays: readonly CtSlice[]): string {
  const kinds = strays.map((stray) => model && differenceOf(stray, model))
  const isOfGrid = (kind: Difference): boolean => ['size', 'pixel spacing', 'orientation'].includes(kind)
  const named = kinds.flatMap((kind) => (kind === undefined ? [] : isOfGrid(kind) ? 'plane or size' : kind))
  return `another ${[...new Set(named)].join(' or ') || 'plane or size'}`
}

/** At most three slices by file and instance number. */
export function namesOf(slices: readonly CtSlice[]): string {
  const shown = slices.slice(0, 3).map(({ file, instance }) => `${file} (instance ${instance})`)
  return shown.join(' and ') + (slices.length > 3 ? ` and ${slices.length - 3} more` : '')
}
