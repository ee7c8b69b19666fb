import { InputError } from '../core/errors.ts'
import type { Scan } from '../core/volume.ts'
import { checkScan } from './check-scan.ts'
import { calibrateGreys } from './hounsfield/calibrate-greys.ts'
import type { LoadedScan } from './scan-source.ts'

/**
 * A scan as it was read, checked and in Hounsfield units; the same values where they can be some. What was done to others
 * is in the notes of its source.
 * @throws InputError where `checkScan` does, and if the values cannot be brought to Hounsfield units; NoEarError if the
 * voxels are too large to show an inner ear
 */
export function acceptScan(name: string, loaded: LoadedScan): LoadedScan {
  const { scan, source } = loaded
  const checked = checkScan(name, scan)
  const calibration = calibrateGreys(checked)
  if ('problem' in calibration) throw new InputError(name, calibration.problem)
  const { note } = calibration
  return {
    ...loaded,
    scan: applied(checked, calibration),
    source: note === undefined ? source : { ...source, notes: [...source.notes, note] }
  }
}

function applied(scan: Scan, { scale, offset }: { readonly scale: number; readonly offset: number }): Scan {
  if (scale === 1 && offset === 0) return scan
  const { geometry, data } = scan
  if (data instanceof Float32Array) return { geometry, data: data.map((value) => scale * value + offset) }
  return { geometry, data: data.map((value) => Math.max(-32768, Math.min(32767, Math.round(scale * value + offset)))) }
}
