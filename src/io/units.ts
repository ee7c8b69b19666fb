import type { Vector3 } from '../core/math/vector.ts'
import { narrowestScan, widestScan } from './check-scan.ts'

/** Gets what a reader of a result should know although a scan could be read. */
export type Note = (text: string) => void

/** A unit of length as a header names it. */
export interface LengthUnit {
  readonly name: string
  readonly millimetres: number
}

/**
 * Millimetres in a file's unit of length: the unit in the file, unless it makes the scan implausibly small or large and millimetres
 * do not. The same rule holds for all formats.
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

/** Millimetres in a unit of length by its name, in any case, singular or plural; undefined for one that is not known. */
export function millimetresIn(name: string): number | undefined {
  const word = name.trim().toLowerCase()
  return lengthUnits.get(word) ?? lengthUnits.get(word.replace(/(?<=\p{L}{4})s$/u, ''))
}

const lengthUnits: ReadonlyMap<string, number> = new Map([
  ['mm', 1],
  ['millimeter', 1],
  ['millimetre', 1],
  ['m', 1000],
  ['meter', 1000],
  ['metre', 1000],
  ['cm', 10],
  ['centimeter', 10],
  ['centimetre', 10],
  ['um', 1e-3],
  ['\u00b5m', 1e-3],
  ['\u03bcm', 1e-3],
  ['micron', 1e-3],
  ['micrometer', 1e-3],
  ['micrometre', 1e-3],
  ['nm', 1e-6],
  ['nanometer', 1e-6],
  ['nanometre', 1e-6],
  ['in', 25.4],
  ['inch', 25.4],
  ['inches', 25.4]
])

/** The unit of length that a header names; millimetres where it names none, or one that is not known, with a note. */
export function lengthUnitOf(name: string, note: Note): LengthUnit {
  const unnamed = name === '' || /^\?+$/.test(name)
  const millimetres = unnamed ? 1 : millimetresIn(name)
  if (millimetres === undefined) note(`its unit of length (${name}) is not known: read as millimetres`)
  return { name: unnamed ? 'millimetres' : name, millimetres: millimetres ?? 1 }
}
