import { angleAtLength, ductLengths } from './duct-length.ts'

/** One place along an electrode. */
export interface InsertionPlace {
  /** mm along the lateral wall from the round window. */
  readonly depth: number
  /** ° about the modiolar axis from the round window. */
  readonly angle: number
  /** Hz. */
  readonly frequency: number
}

/** Where the table's numbers come from. */
export const insertionSource =
  'Angles: Escudé et al. 2006; length of the lateral wall: Koch et al. 2017; Greenwood 1990'

/** Frequency (Hz) at a fraction of the organ of Corti's length from the apex, 0 to 1 (Greenwood 1990, man). */
export function greenwoodFrequency(fromApex: number): number {
  return 165.4 * (10 ** (2.1 * fromApex) - 0.88)
}

/**
 * Where an electrode along the lateral wall lies, each millimetre and at its tip. Angles by Escudé 2006; the fraction of
 * the organ of Corti is taken to be that of the lateral wall, whose length is Koch's 2017.
 * @param a A value, mm
 * @param length of electrode inside the cochlea, mm; places beyond the wall's end are left out
 */
export function insertionTable(a: number, length: number): InsertionPlace[] {
  const whole = ductLengths(a).kochLateralWall
  const depths = Array.from({ length: Math.ceil(length) }, (_, mm) => mm)
  return [...depths, length]
    .filter((depth) => depth <= whole)
    .map((depth) => ({ depth, angle: angleAtLength(a, depth), frequency: greenwoodFrequency(1 - depth / whole) }))
}
