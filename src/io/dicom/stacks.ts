import { OtomarkError } from '../../core/errors.ts'
import { coarsestSpacing, fewestVoxelsPerAxis } from '../check-scan.ts'
import { type Difference, differenceOf, groupAlike } from './alike.ts'
import { arrangeSlices } from './arrange.ts'
import { areInterleaved, areOneScan } from './interleaved.ts'
import { type CtSlice, type StackMark, stackMarks } from './slice.ts'
import { stepOf } from './step.ts'

/** The CT slices of a series that are of one grid, or should be. */
export interface CtStack {
  readonly uid: string
  readonly number: string
  readonly description: string
  readonly kernel: string
  /** What distinguishes it from the other stacks of its series, such as `acquisition 2`; a patient has a number here, no name. */
  readonly part?: { readonly mark: StackMark | Difference; readonly value: string }
  readonly slices: readonly CtSlice[]
  /** Slices of its series that belong to none of its stacks. */
  readonly strays: readonly CtSlice[]
}

/**
 * The stacks of one series, after copies are dropped: the slices of one subject, orientation and size, told apart by
 * acquisition, stack, phase, kernel, image type or time where they would otherwise lie in the same places or between each other.
 */
export function stacksOf(slices: readonly CtSlice[]): readonly CtStack[] {
  const groups = groupAlike(slices)
  const long = groups.filter(({ length }) => length >= fewestVoxelsPerAxis)
  const chosen = long.length > 0 ? long : groups.slice(0, 1)
  const strays = groups.filter((group) => !chosen.includes(group)).flat()
  const [model, ...others] = chosen.map(([first]) => first as CtSlice)
  const mark = others.map((other) => differenceOf(other, model as CtSlice)).find((kind) => kind !== undefined)
  return chosen.flatMap((group, n) => {
    const parts = splitByMark(group)
    if (parts !== undefined) return parts.map(({ mark, value, members }) => stackOf(members, strays, { mark, value }))
    return [stackOf(group, strays, mark && { mark, value: `${n + 1}` })]
  })
}

function stackOf(slices: readonly CtSlice[], strays: readonly CtSlice[], part?: CtStack['part']): CtStack {
  const { seriesUid, seriesNumber, seriesDescription, kernel } = slices[0] as CtSlice
  return {
    uid: seriesUid,
    number: seriesNumber,
    description: seriesDescription,
    kernel,
    ...(part !== undefined && { part }),
    slices,
    strays
  }
}

interface Part {
  readonly mark: StackMark
  readonly value: string
  readonly members: readonly CtSlice[]
}

/**
 * The parts of slices that make no grid together but do so apart, or that would be one grid only because their parts lie between
 * each other; undefined if they are one stack, good or not.
 */
function splitByMark(slices: readonly CtSlice[]): readonly Part[] | undefined {
  const isGrid = canArrange(slices)
  for (const mark of stackMarks) {
    const parts = [...slicesBy(mark, slices)].map(([value, members]): Part => ({ mark, value, members }))
    if (parts.length < 2) continue
    const long = parts.filter(({ members }) => members.length >= fewestVoxelsPerAxis)
    if (long.length === 0 || !long.every(({ members }) => canArrange(members))) continue
    if (isGrid && !areInterleaved(parts.map(({ members }) => members))) continue
    if (isGrid && mark === 'acquisition' && areOneScan(long.map(({ members }) => members))) continue
    return parts.sort((a, b) => a.value.localeCompare(b.value, 'en', { numeric: true }))
  }
  return undefined
}

/** The acquisitions of a stack that lie between each other all the same; none in any other stack. */
export function alternatingAcquisitions({ slices }: CtStack): readonly string[] {
  const parts = slicesBy('acquisition', slices)
  return areInterleaved([...parts.values()]) ? [...parts.keys()] : []
}

function slicesBy(mark: StackMark, slices: readonly CtSlice[]): ReadonlyMap<string, readonly CtSlice[]> {
  const byValue = new Map<string, CtSlice[]>()
  for (const slice of slices) {
    const known = byValue.get(slice.marks[mark])
    if (known === undefined) byValue.set(slice.marks[mark], [slice])
    else known.push(slice)
  }
  return byValue
}

function canArrange(slices: readonly CtSlice[]): boolean {
  try {
    arrangeSlices('', slices)
    return true
  } catch (error) {
    if (error instanceof OtomarkError) return false
    throw error
  }
}

/** Whether a stack could hold an ear, were nothing wrong with it: slices enough, and near enough together. */
export function canBeScan({ slices }: CtStack): boolean {
  const [model] = slices
  if (model === undefined) return false
  const step = stepOf(slices)
  return (
    Math.min(slices.length, model.rows, model.columns) >= fewestVoxelsPerAxis &&
    Math.max(step, model.rowSpacing, model.columnSpacing) <= coarsestSpacing + 1e-3
  )
}
