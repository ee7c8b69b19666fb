import type { Vector3 } from '../core/math/vector.ts'
import { narrowestScan, widestScan } from './check-scan.ts'

/** Is told what a reader of a result should know although a scan could be read. */
export type Note = (text: string) => void

/** A unit of length as a header names it. */
export interface LengthUnit {
  readonly name: string
  readonly millimetres: number
}

/**
 * Millimetres in a file's unit of length: as it is named, unless the scan would then be absurdly small or large and is
 * not so in millimetres. The one rule for all formats.
 * @param spacing of voxels, in the file's unit
 */
export function settleUnit(unit: LengthUnit, spacing: Vector3, size: Vector3, note: Note): number {
  const width = Math.max(...spacing.map((length, axis) => length * (size[axis] as number)))
  const plausible = (mm: number): boolean => mm >= narrowestScan && mm <= widestScan
  if (plausible(width * unit.millimetres) || !plausible(width)) return unit.millimetres
  note(
    `its unit of length is said to be ${unit.name}, in which it would be ${Number((width * unit.millimetres).toPrecision(3))} mm ` +
      'wide: read as millimetres'
  )
  return 1
}
