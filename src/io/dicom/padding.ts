import type { VoxelArray } from '../../core/volume.ts'
import type { CtSlice } from './slice.ts'

/** Hounsfield units of air, which padding becomes, and of the brightest tissue; 12-bit CT holds no others. */
const air = -1024
const brightest = 3071

/**
 * Gives pixels outside the recorded field, as the header names them (Pixel Padding Value), the value of air where they
 * are brighter. What is brighter than any tissue is padding wherever it lies; a value that tissue may have too is padding
 * only in a run from the slice's border.
 * @param stored values of the slice, which are changed
 * @returns how many were changed
 */
export function clearPadding({ padding, columns, rows, rescale }: CtSlice, stored: VoxelArray): number {
  if (padding === undefined) return 0
  const [low, high] = padding
  const isPadding = new Uint8Array(stored.length)
  for (let at = 0; at < stored.length; at++) {
    const value = stored[at] as number
    if (value >= low && value <= high) isPadding[at] = 1
  }
  if (!isPadding.includes(1)) return 0
  const { slope = 1, intercept = 0 } = rescale
  const units = (at: number): number => slope * (stored[at] as number) + intercept
  const isSigned = stored instanceof Int8Array || stored instanceof Int16Array || stored instanceof Int32Array
  const dark = Math.max(Math.round((air - intercept) / slope), isSigned ? -1024 : 0)
  let count = 0
  const clear = (at: number): boolean => {
    if (isPadding[at] === 1 && units(at) > slope * dark + intercept) {
      stored[at] = dark
      count++
    }
    return isPadding[at] === 1
  }
  for (let at = 0; at < stored.length; at++) if (units(at) > brightest) clear(at)
  const run = (start: number, step: number, length: number): void => {
    for (let n = 0; n < length && clear(start + n * step); n++);
  }
  for (let row = 0; row < rows; row++) {
    run(row * columns, 1, columns)
    run(row * columns + columns - 1, -1, columns)
  }
  for (let column = 0; column < columns; column++) {
    run(column, columns, rows)
    run(column + (rows - 1) * columns, -columns, rows)
  }
  return count
}

/** What to say of padding that became air, of all pixels of a scan. */
export function paddingNotes(cleared: number, pixels: number): readonly string[] {
  if (cleared === 0) return []
  const share = ((100 * cleared) / pixels).toFixed(1)
  return [`${share} % of its pixels are padding by their Pixel Padding Value: taken for air`]
}
