import { InputError } from '../../core/errors.ts'
import type { Geometry } from '../../core/geometry/geometry.ts'
import { degrees } from '../../core/math/angle.ts'
import { mean } from '../../core/math/mean.ts'
import { median } from '../../core/math/quantile.ts'
import { add, cross, dot, fromColumns, normalize, scale, subtract, type Vector3 } from '../../core/math/vector.ts'
import { checkDeclaredSize, checkResolution, geometryOf } from '../check-scan.ts'
import { maxDisplacement, roundingOf } from '../displacement.ts'
import { differenceOf, namesOf } from './alike.ts'
import type { CtSlice } from './slice.ts'
import { spacingOf, usualStep } from './spacing.ts'

/** Slices closer than this are at the same place, in mm. */
const samePlace = 1e-3

/** How far a direction may be from perpendicular; scanners write six or more decimals, some four. */
const perpendicular = 1e-3

/** Steepest tilt that is straightened, in degrees; gantries tilt to 30. */
const steepestTilt = 45

/** A slice, and where it lies on the axes of the stack: along rows, down columns, along the normal; in mm. */
export interface PlacedSlice {
  readonly slice: CtSlice
  readonly along: number
  readonly down: number
  readonly height: number
}

/** A series as a stack: its slices in order, and the grid they fill or are resampled to. */
export interface Stack {
  readonly slices: readonly PlacedSlice[]
  readonly geometry: Geometry
  /** Whether each slice is a layer of the grid; else layers lie between them. */
  readonly even: boolean
  /** Whether the slices lie on the grid as they are; else `straighten` puts them there. */
  readonly regular: boolean
  /** What was done to them, for the reader of the result. */
  readonly notes: readonly string[]
}

/**
 * The slices of a series in the order of a grid, and the grid: by their positions and orientation only. Slices of a
 * tilted gantry, and slices that are not evenly spaced, get a grid onto which they are resampled.
 * @throws InputError if the slices differ in size or orientation, if one is missing or doubled, or if they lie in no
 * line; NoEarError if they are too far apart to show an inner ear. The message names the files.
 */
export function arrangeSlices(source: string, slices: readonly CtSlice[]): Stack {
  const [model] = slices
  if (model === undefined) throw new InputError(source, 'holds no CT slices')
  if (slices.length === 1) throw new InputError(source, 'is a single CT slice, not a 3-D scan')
  checkAlike(source, model, slices)
  const placed = placeSlices(model, slices)
  checkDistinct(source, placed)
  const heights = placed.map(({ height }) => height)
  checkResolution([model.columnSpacing, model.rowSpacing, usualStep(heights)])
  const positionStep = Math.min(...slices.map((slice) => slice.positionStep))
  const spacing = spacingOf(heights, positionStep)
  if (spacing.kind === 'gap') throw missing(source, placed, spacing.at, spacing.step)
  if (spacing.kind === 'coarse ends') {
    const kept = placed.slice(spacing.start, spacing.end).map(({ slice }) => slice)
    const inner = arrangeSlices(source, kept)
    const note = `left out: ${slices.length - kept.length} slices at its ends, too far apart to show an ear`
    return { ...inner, notes: [note, ...inner.notes] }
  }
  const stack = settled(placed, positionStep)
  const tilt = tiltOf(source, stack)
  return {
    slices: stack,
    geometry: gridOf(source, stack, spacing),
    even: spacing.kind === 'even',
    regular: tilt === undefined && spacing.kind === 'even',
    notes: [
      ...(tilt === undefined ? [] : [tilt]),
      ...(spacing.kind === 'even' ? [] : [`${range(heights)} apart: resampled to ${spacing.step.toFixed(3)} mm`])
    ]
  }
}

/** A grid's step along the normal in mm, and how far its first slice lies above the stack's. */
interface EvenGrid {
  readonly step: number
  readonly offset?: number
}

/** The grid over all slices; a tilted stack's is wider than a slice, so that nothing is cut. */
function gridOf(source: string, placed: readonly PlacedSlice[], spacing: EvenGrid): Geometry {
  const { step, offset = 0 } = spacing
  const { slice: model, height: bottom } = placed[0] as PlacedSlice
  const { row, down, normal } = axesOf(model)
  const span = (values: readonly number[]): readonly [number, number] => [Math.min(...values), Math.max(...values)]
  const [left, right] = span(placed.map(({ along }) => along))
  const [top, low] = span(placed.map(({ down: at }) => at))
  const pixels = (length: number, size: number): number => Math.ceil(length / size - 1e-6)
  const total = (placed.at(-1) as PlacedSlice).height - bottom
  return geometryOf(source, {
    size: checkDeclaredSize(source, [
      model.columns + pixels(right - left, model.columnSpacing),
      model.rows + pixels(low - top, model.rowSpacing),
      offset === 0 ? Math.floor(total / step + 1e-6) + 1 : placed.length
    ]),
    spacing: [model.columnSpacing, model.rowSpacing, step],
    origin: add(model.position, add(scale(normal, offset), add(scale(row, left), scale(down, top)))),
    direction: fromColumns(row, down, normal)
  })
}

function axesOf(model: CtSlice): { readonly row: Vector3; readonly down: Vector3; readonly normal: Vector3 } {
  const row = normalize(model.rowDirection)
  const normal = normalize(cross(row, model.columnDirection))
  return { row, down: cross(normal, row), normal }
}

/** Slices by rising height, placed from the lowest. */
function placeSlices(model: CtSlice, slices: readonly CtSlice[]): PlacedSlice[] {
  const { normal } = axesOf(model)
  const sorted = slices.toSorted((a, b) => dot(a.position, normal) - dot(b.position, normal))
  const first = sorted[0] as CtSlice
  const axes = axesOf(first)
  return sorted.map((slice) => {
    const from = subtract(slice.position, first.position)
    return { slice, along: dot(from, axes.row), down: dot(from, axes.down), height: dot(from, axes.normal) }
  })
}

function checkAlike(source: string, model: CtSlice, slices: readonly CtSlice[]): void {
  // Written so that a direction of length 0, which has no angle, fails too.
  if (!(Math.abs(dot(normalize(model.rowDirection), normalize(model.columnDirection))) <= perpendicular)) {
    throw new InputError(source, `its rows and columns are not perpendicular (${model.file})`)
  }
  if (!(model.columnSpacing > 0 && model.rowSpacing > 0)) {
    throw new InputError(
      source,
      `its pixels of ${model.columnSpacing} × ${model.rowSpacing} mm have no size (${model.file})`
    )
  }
  const problem = slices.map((slice) => differenceOf(slice, model)).find((difference) => difference !== undefined)
  if (problem === undefined) return
  const odd = slices.filter((slice) => differenceOf(slice, model) === problem)
  throw new InputError(source, `its slices differ in ${problem}: ${namesOf(odd)} from ${namesOf([model])}`)
}

function checkDistinct(source: string, stack: readonly PlacedSlice[]): void {
  const doubled = stack.flatMap(({ slice, height }, n) => {
    const next = stack[n + 1]
    return next !== undefined && next.height - height < samePlace ? [[slice, next.slice]] : []
  })
  const [pair] = doubled
  if (pair === undefined) return
  throw new InputError(
    source,
    `holds ${doubled.length === 1 ? 'two slices' : `${doubled.length} pairs of slices`} at the same place ` +
      `(${namesOf(pair)}); remove the doubles`
  )
}

function missing(source: string, stack: readonly PlacedSlice[], at: number, usual: number): InputError {
  const [below, above] = [stack[at] as PlacedSlice, stack[at + 1] as PlacedSlice]
  const step = above.height - below.height
  return new InputError(
    source,
    `is missing about ${Math.max(1, Math.round(step / usual) - 1)} slice(s): ${namesOf([below.slice, above.slice])} ` +
      `are ${mm(step)} apart, the others ${mm(usual)}; export the series again in full`
  )
}

/** Slices that lie straight above each other, but for rounding, on an axis of their plane are put straight on it. */
function settled(stack: readonly PlacedSlice[], positionStep: number): readonly PlacedSlice[] {
  const { slice } = stack[0] as PlacedSlice
  const limit = Math.max(maxDisplacement([slice.columnSpacing, slice.rowSpacing]), roundingOf(positionStep))
  const middle = (axis: 'along' | 'down'): number | undefined => {
    const values = stack.map((placed) => placed[axis])
    const spread = (Math.max(...values) - Math.min(...values)) / 2
    return spread > limit ? undefined : mean(values)
  }
  const [along, down] = [middle('along'), middle('down')]
  return stack.map((placed) => ({
    ...placed,
    ...(along !== undefined && { along }),
    ...(down !== undefined && { down })
  }))
}

/**
 * A note on slices that are shifted linearly, as with a tilted gantry; undefined if they lie straight above each other.
 * Gantry/Detector Tilt is not used, since its sign differs between manufacturers.
 */
function tiltOf(source: string, stack: readonly PlacedSlice[]): string | undefined {
  const first = stack[0] as PlacedSlice
  const aside = stack.map(({ along, down }) => Math.hypot(along - first.along, down - first.down))
  const pixel = Math.min(first.slice.columnSpacing, first.slice.rowSpacing)
  if (Math.max(...aside) === 0) return undefined
  const slope = { along: slopeOf(stack, 'along'), down: slopeOf(stack, 'down') }
  const off = stack.map(({ along, down, height }) =>
    Math.hypot(along - first.along - slope.along * height, down - first.down - slope.down * height)
  )
  const worst = off.indexOf(Math.max(...off))
  const tilt = degrees(Math.atan(Math.hypot(slope.along, slope.down)))
  if ((off[worst] as number) > pixel / 2 || tilt > steepestTilt) {
    throw new InputError(
      source,
      `its slices do not lie in a line: ${namesOf([(stack[worst] as PlacedSlice).slice])} is ` +
        `${mm(off[worst] as number)} aside`
    )
  }
  return tilt > 0.5
    ? `scanned with a gantry tilted by ${tilt.toFixed(1)}°: straightened by shifting each slice within its plane`
    : `slices lie up to ${mm(Math.max(...aside))} beside each other: straightened by shifting each within its plane`
}

/** Slope of a line from the first slice, by Theil's median of slopes, which one odd slice does not turn. */
function slopeOf(stack: readonly PlacedSlice[], axis: 'along' | 'down'): number {
  const first = stack[0] as PlacedSlice
  return median(stack.slice(1).map((placed) => (placed[axis] - first[axis]) / placed.height))
}

function range(heights: readonly number[]): string {
  const steps = heights.slice(1).map((height, n) => height - (heights[n] as number))
  return `slices are ${Math.min(...steps).toFixed(3)} to ${Math.max(...steps).toFixed(3)} mm`
}

function mm(length: number): string {
  return `${length.toFixed(2)} mm`
}
