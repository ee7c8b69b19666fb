import type { Scan } from '../../core/volume.ts'
import { allocating } from '../voxels.ts'
import type { PlacedSlice, Stack } from './arrange.ts'

/** What lies outside every slice, in HU; a scan that goes no lower has its own lowest value there. */
const air = -1024

/**
 * The voxels of slices on their stack's grid: each slice is shifted within its own plane, where its rows and columns
 * are, and no further blurred; between slices that do not lie on the grid values are interpolated along the normal.
 * @param data of the slices one after the other, in the stack's order
 */
export function straighten(source: string, stack: Stack, data: Scan['data']): Scan {
  const { geometry } = stack
  const [columns, rows, count] = geometry.size
  const plane = columns * rows
  const whole = data instanceof Int16Array
  const result = allocating(source, plane * count * (whole ? 2e-6 : 4e-6), () =>
    whole ? new Int16Array(plane * count) : new Float32Array(plane * count)
  )
  const outside = Math.max(air, lowest(data))
  const shifted = new Map<number, Float32Array>()
  const sliceAt = (n: number): Float32Array => {
    const known = shifted.get(n)
    if (known !== undefined) return known
    const made = shiftSlice(stack, n, data, outside)
    shifted.set(n, made)
    return made
  }
  const between = stack.even ? undefined : neighbours(stack)
  for (let k = 0; k < count; k++) {
    const { below, weight } = between?.[k] ?? { below: k, weight: 0 }
    for (const n of shifted.keys()) if (n < below) shifted.delete(n)
    const low = sliceAt(below)
    const high = weight === 0 ? low : sliceAt(below + 1)
    for (let at = 0; at < plane; at++) {
      const value = (low[at] as number) + ((high[at] as number) - (low[at] as number)) * weight
      result[k * plane + at] = whole ? Math.max(-32768, Math.min(32767, Math.round(value))) : value
    }
  }
  return { geometry, data: result }
}

/** For each layer of the grid, the slice below it, and how far it lies towards the next, from 0 to 1. */
function neighbours({ geometry, slices }: Stack): readonly { readonly below: number; readonly weight: number }[] {
  let below = 0
  return Array.from({ length: geometry.size[2] }, (_, k) => {
    const height = k * geometry.spacing[2]
    while (below + 2 < slices.length && (slices[below + 1] as PlacedSlice).height <= height) below++
    const [low, high] = [slices[below] as PlacedSlice, slices[below + 1] as PlacedSlice]
    return { below, weight: Math.max(0, Math.min(1, (height - low.height) / (high.height - low.height))) }
  })
}

/** A slice on the grid's rows and columns. */
function shiftSlice(stack: Stack, n: number, data: Scan['data'], outside: number): Float32Array {
  const { slice, along, down } = stack.slices[n] as PlacedSlice
  const [columns, rows] = stack.geometry.size
  const [left, top] = cornerOf(stack)
  const size = slice.columns * slice.rows
  const pixels = data.subarray(n * size, (n + 1) * size)
  const across = taps(columns, slice.columns, (left - along) / slice.columnSpacing)
  const downward = taps(rows, slice.rows, (top - down) / slice.rowSpacing)
  // Down the columns first, then along the rows.
  const tall = new Float32Array(slice.columns * rows).fill(outside)
  for (const [j, tap] of downward.entries()) {
    if (tap === undefined) continue
    for (let i = 0; i < slice.columns; i++) {
      let sum = 0
      for (let t = 0; t < 4; t++) {
        sum += (tap.weights[t] as number) * (pixels[(tap.at[t] as number) * slice.columns + i] as number)
      }
      tall[j * slice.columns + i] = sum
    }
  }
  const result = new Float32Array(columns * rows).fill(outside)
  for (let j = 0; j < rows; j++) {
    for (let i = 0; i < columns; i++) {
      const tap = across[i]
      if (tap === undefined) continue
      let sum = 0
      for (let t = 0; t < 4; t++) {
        sum += (tap.weights[t] as number) * (tall[j * slice.columns + (tap.at[t] as number)] as number)
      }
      result[j * columns + i] = sum
    }
  }
  return result
}

/** Where the grid's corner lies from the first slice's, along rows and down columns in mm. */
function cornerOf({ slices }: Stack): readonly [number, number] {
  return [Math.min(...slices.map(({ along }) => along)), Math.min(...slices.map(({ down }) => down))]
}

/** Four neighbours and their weights. */
interface Tap {
  readonly at: readonly number[]
  readonly weights: readonly number[]
}

/**
 * For each place of a line, the four places it is interpolated from by Catmull-Rom's cubic, `shift` further on; undefined
 * where it lies outside. At the ends the outermost value is repeated.
 */
function taps(count: number, available: number, shift: number): readonly (Tap | undefined)[] {
  // A shift of less than a thousandth of a pixel is rounding.
  const exact = Math.abs(shift - Math.round(shift)) < 1e-3 ? Math.round(shift) : shift
  const start = Math.floor(exact)
  const f = exact - start
  const weights = [
    ((-f + 2) * f - 1) * f * 0.5,
    ((3 * f - 5) * f * f + 2) * 0.5,
    ((-3 * f + 4) * f + 1) * f * 0.5,
    (f - 1) * f * f * 0.5
  ]
  return Array.from({ length: count }, (_, n) => {
    const from = n + start
    if (from + f < 0 || from + f > available - 1) return undefined
    return { weights, at: [-1, 0, 1, 2].map((t) => Math.max(0, Math.min(available - 1, from + t))) }
  })
}

function lowest(data: Scan['data']): number {
  let low = Number.POSITIVE_INFINITY
  for (let n = 0; n < data.length; n++) low = Math.min(low, data[n] as number)
  return low
}
