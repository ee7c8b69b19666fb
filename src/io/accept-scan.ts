import { InputError } from '../core/errors.ts'
import type { Scan } from '../core/volume.ts'
import { checkScan } from './check-scan.ts'
import { calibrateGreys } from './hounsfield/calibrate-greys.ts'
import { withNotes } from './noted-error.ts'
import type { LoadedScan } from './scan-source.ts'
import { emptySlicesNote } from './slices/empty-slices.ts'
import { oddSlicesNote } from './slices/odd-slices.ts'
import { offsetSlicesProblem } from './slices/offset-slices.ts'
import { repeatedSlicesNote } from './slices/repeated-slices.ts'
import { slicePoints } from './slices/slice-points.ts'

/** Hounsfield units that 16 bits hold; the extended scales of scanners, made for metal, end below 31 000. */
const shown = { low: -32768, high: 32767 }

/** Share of the voxels that may lie beyond, apart from padding, before the scan is taken for damaged. */
const fewBeyond = 0.001

/**
 * A scan as it was read, checked and in Hounsfield units; the same values where they can be some. What was done to others
 * is in the notes of its source.
 * @throws InputError where `checkScan` does, if a part of its slices is offset against the others, and if the values cannot be
 * brought to Hounsfield units; NoEarError if the
 * voxels are too large to show an inner ear
 *
 * @example
 * ```ts
 * import { acceptScan, createVolume, type Geometry } from 'otomark'
 *
 * // Voxels that another program read from DICOM, i fastest: checked, and brought to Hounsfield units as `readScan` does.
 * const scanOf = (grid: Geometry, values: Int16Array) =>
 *   acceptScan('series 4', {
 *     scan: createVolume(grid, values),
 *     source: { path: 'series 4', format: 'dicom', notes: [] }
 *   })
 * ```
 */
export function acceptScan(name: string, loaded: LoadedScan): LoadedScan {
  const { source } = loaded
  const checked = checkedScan(name, loaded)
  const slices = slicePoints(checked)
  const offset = offsetSlicesProblem(slices)
  if (offset !== undefined) throw new InputError(name, offset)
  const calibration = calibrateGreys(checked)
  if ('problem' in calibration) throw new InputError(name, calibration.problem)
  const within = withinCt(name, applied(checked, calibration))
  const notes = [
    calibration.note,
    calibration.saturation,
    within.note,
    emptySlicesNote(checked),
    repeatedSlicesNote(checked, slices),
    oddSlicesNote(slices)
  ].filter((note) => note !== undefined)
  return {
    ...loaded,
    scan: within.scan,
    source: notes.length === 0 ? source : { ...source, notes: [...source.notes, ...notes] }
  }
}

function checkedScan(name: string, { scan, source }: LoadedScan): Scan {
  try {
    return checkScan(name, scan)
  } catch (error) {
    throw withNotes(error, source.notes)
  }
}

function applied(scan: Scan, { scale, offset }: { readonly scale: number; readonly offset: number }): Scan {
  if (scale === 1 && offset === 0) return scan
  const { geometry, data } = scan
  if (data instanceof Float32Array) return { geometry, data: data.map((value) => scale * value + offset) }
  return { geometry, data: data.map((value) => clamped(Math.round(scale * value + offset))) }
}

/** The scan without values that no CT shows, as in single damaged voxels, and a note on these. */
function withinCt(name: string, scan: Scan): { readonly scan: Scan; readonly note?: string } {
  const { geometry, data } = scan
  if (data instanceof Int16Array) return { scan }
  let [beyond, lowest, atLowest, highest] = [0, Number.POSITIVE_INFINITY, 0, Number.NEGATIVE_INFINITY]
  for (let n = 0; n < data.length; n++) {
    const value = data[n] as number
    if (value < shown.low || value > shown.high) beyond++
    if (value > highest) highest = value
    if (value < lowest) [lowest, atLowest] = [value, 0]
    if (value === lowest) atLowest++
  }
  if (beyond === 0) return { scan }
  // Many voxels of one value below all others are padding.
  const odd = lowest < shown.low ? beyond - atLowest : beyond
  const range = `${lowest.toPrecision(3)} to ${highest.toPrecision(3)} HU`
  if (odd > fewBeyond * data.length) {
    const share = `${((100 * odd) / data.length).toFixed(1)} % of its voxels`
    throw new InputError(
      name,
      `${share} lie beyond what a CT shows (${range}): it is damaged or no CT; export it again`
    )
  }
  const note = `${beyond} ${beyond === 1 ? 'voxel lies' : 'voxels lie'} beyond what a CT shows (${range}): taken as ${shown.low} or ${shown.high} HU`
  return { scan: { geometry, data: data.map(clamped) }, note }
}

function clamped(value: number): number {
  return Math.max(shown.low, Math.min(shown.high, value))
}
