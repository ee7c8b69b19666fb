import { InputError } from '../../core/errors.ts'
import type { Geometry } from '../../core/geometry/geometry.ts'
import { median } from '../../core/math/quantile.ts'
import { add, cross, dot, fromColumns, norm, normalize, scale, subtract, type Vector3 } from '../../core/math/vector.ts'
import { checkDeclaredSize, checkResolution, geometryOf } from '../check-scan.ts'
import type { CtSlice } from './header.ts'

/** Slices closer than this are at the same place, in mm. */
const samePlace = 1e-3

/** How far a slice may lie from its place on a regular grid, as a part of the slice distance or of the pixel size. */
const irregularity = 0.1

/** How much a direction may differ between slices; scanners write six or more decimals. */
const sameDirection = 1e-4

/** A slice and where it lies along the normal of the stack, in mm. */
interface Placed {
  readonly slice: CtSlice
  readonly height: number
}

/**
 * The slices of a series in the order of a grid, and the grid they fill. Every slice is checked; nothing is averaged.
 * @throws InputError if the slices differ in size or orientation, if one is missing or doubled, or if they are not
 * equally spaced straight above each other; NoEarError if they are too far apart to show an inner ear. The message
 * names the files.
 */
export function arrangeSlices(
  source: string,
  slices: readonly CtSlice[]
): { readonly slices: readonly CtSlice[]; readonly geometry: Geometry } {
  const [model] = slices
  if (model === undefined) throw new InputError(source, 'holds no CT slices')
  if (slices.length === 1) throw new InputError(source, 'is a single CT slice, not a 3-D scan')
  checkAlike(source, model, slices)
  const row = normalize(model.rowDirection)
  const normal = normalize(cross(row, model.columnDirection))
  const stack = slices
    .map((slice): Placed => ({ slice, height: dot(slice.position, normal) }))
    .sort((a, b) => a.height - b.height)
  checkDistinct(source, stack)
  const steps = stack.slice(1).map(({ height }, n) => height - (stack[n] as Placed).height)
  const step = median(steps)
  checkResolution([model.columnSpacing, model.rowSpacing, step])
  checkSpacing(source, stack, steps, step)
  checkUpright(source, stack, normal)

  const first = stack[0] as Placed
  const last = stack[stack.length - 1] as Placed
  const geometry = geometryOf(source, {
    size: checkDeclaredSize(source, [model.columns, model.rows, slices.length]),
    spacing: [model.columnSpacing, model.rowSpacing, (last.height - first.height) / steps.length],
    origin: first.slice.position,
    direction: fromColumns(row, cross(normal, row), normal)
  })
  return { slices: stack.map(({ slice }) => slice), geometry }
}

function checkAlike(source: string, model: CtSlice, slices: readonly CtSlice[]): void {
  // Written so that a direction of length 0, which has no angle, fails too.
  if (!(Math.abs(dot(normalize(model.rowDirection), normalize(model.columnDirection))) <= sameDirection)) {
    throw new InputError(source, `its rows and columns are not perpendicular (${model.file})`)
  }
  if (!(model.columnSpacing > 0 && model.rowSpacing > 0)) {
    throw new InputError(
      source,
      `its pixels of ${model.columnSpacing} × ${model.rowSpacing} mm have no size (${model.file})`
    )
  }
  const differs = (problem: string, is: (slice: CtSlice) => boolean): void => {
    const odd = slices.filter(is)
    if (odd.length === 0) return
    throw new InputError(source, `its slices differ in ${problem}: ${names(odd)} from ${names([model])}`)
  }
  const turned = (a: Vector3, b: Vector3): boolean => norm(subtract(a, b)) > sameDirection
  const unequal = (a: number, b: number): boolean => Math.abs(a - b) > 1e-4 * b
  differs('size', ({ rows, columns }) => rows !== model.rows || columns !== model.columns)
  differs(
    'pixel spacing',
    (slice) => unequal(slice.columnSpacing, model.columnSpacing) || unequal(slice.rowSpacing, model.rowSpacing)
  )
  differs(
    'orientation',
    (slice) => turned(slice.rowDirection, model.rowDirection) || turned(slice.columnDirection, model.columnDirection)
  )
}

function checkDistinct(source: string, stack: readonly Placed[]): void {
  const doubled = stack.flatMap(({ slice, height }, n) => {
    const next = stack[n + 1]
    return next !== undefined && next.height - height < samePlace ? [[slice, next.slice]] : []
  })
  const [pair] = doubled
  if (pair === undefined) return
  throw new InputError(
    source,
    `holds ${doubled.length === 1 ? 'two slices' : `${doubled.length} pairs of slices`} at the same place ` +
      `(${names(pair)}); remove the doubles`
  )
}

function checkSpacing(source: string, stack: readonly Placed[], steps: readonly number[], usual: number): void {
  const wide = steps.findIndex((step) => step > 1.5 * usual)
  if (wide >= 0) {
    const step = steps[wide] as number
    throw new InputError(
      source,
      `is missing about ${Math.round(step / usual) - 1} slice(s): ${between(stack, wide)} are ${mm(step)} apart, ` +
        `the others ${mm(usual)}; export the series again in full`
    )
  }
  const start = (stack[0] as Placed).height
  const mean = ((stack.at(-1) as Placed).height - start) / steps.length
  const off = stack.findIndex(({ height }, n) => Math.abs(height - start - n * mean) > irregularity * mean)
  if (off < 0) return
  const worst = steps.reduce(
    (at, step, n) => (Math.abs(step - usual) > Math.abs((steps[at] as number) - usual) ? n : at),
    0
  )
  throw new InputError(
    source,
    `its slices are not equally spaced: ${between(stack, worst)} are ${mm(steps[worst] as number)} apart, ` +
      `most are ${mm(usual)}`
  )
}

/** Each slice must lie straight above the first; a scan with a tilted gantry shifts them sideways. */
function checkUpright(source: string, stack: readonly Placed[], normal: Vector3): void {
  const first = stack[0] as Placed
  const limit = irregularity * Math.min(first.slice.columnSpacing, first.slice.rowSpacing)
  const sideways = ({ slice, height }: Placed): number =>
    norm(subtract(slice.position, add(first.slice.position, scale(normal, height - first.height))))
  const shifted = stack.find((placed) => sideways(placed) > limit)
  if (shifted === undefined) return
  const last = stack.at(-1) as Placed
  const angle = (Math.atan2(sideways(last), last.height - first.height) * 180) / Math.PI
  throw new InputError(
    source,
    angle > 0.5
      ? `was scanned with a gantry tilted by ${angle.toFixed(1)}°: its slices shift sideways (${names([shifted.slice])} ` +
          `by ${mm(sideways(shifted))}); straighten it first, for example with 3D Slicer`
      : `its slices do not lie straight above each other: ${names([shifted.slice])} is ${mm(sideways(shifted))} aside`
  )
}

function between(stack: readonly Placed[], step: number): string {
  return names(stack.slice(step, step + 2).map(({ slice }) => slice))
}

/** At most three slices by file and instance number. */
function names(slices: readonly CtSlice[]): string {
  const shown = slices.slice(0, 3).map(({ file, instance }) => `${file} (instance ${instance})`)
  return shown.join(' and ') + (slices.length > 3 ? ` and ${slices.length - 3} more` : '')
}

function mm(length: number): string {
  return `${length.toFixed(2)} mm`
}
