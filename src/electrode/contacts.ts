import type { ElectrodeArray } from './array.ts'

/** mm from the middle of the most apical contact to that of the most basal one. */
export function activeLength({ contacts, spacing }: ElectrodeArray): number {
  return (contacts - 1) * spacing
}

/**
 * How far (mm) each contact lies from where the array enters the cochlea, the most apical one first; negative outside.
 * @param insertion mm of the array inside the cochlea, tip included
 */
export function contactDepths(array: ElectrodeArray, insertion: number): number[] {
  const apical = insertion - (array.tip ?? 0)
  return Array.from({ length: array.contacts }, (_, n) => apical - n * array.spacing)
}

/** What names a contact that is counted from the apex, from 0. */
export function contactNumbers(
  array: ElectrodeArray,
  fromApex: number
): { readonly order: number; readonly number?: number } {
  const number = makersNumber(array, fromApex)
  return { order: fromApex + 1, ...(number !== undefined && { number }) }
}

/** The maker's number of a contact that is counted from the apex, from 0; undefined where it is not known. */
export function makersNumber({ contacts, numberedFrom }: ElectrodeArray, fromApex: number): number | undefined {
  if (numberedFrom === undefined) return undefined
  return numberedFrom === 'apex' ? fromApex + 1 : contacts - fromApex
}
