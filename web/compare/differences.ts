import { quantityGroups } from '../../src/measure/catalogue.ts'
import { halfWidth90, type Quantity } from '../../src/measure/measurement.ts'
import type { Value, Values } from './comparison.ts'

/** A quantity of two ears. */
export interface Difference {
  readonly quantity: Quantity
  readonly shown: number | null
  readonly other: number | null
  /** Other less shown; null where one of them was not measured. */
  readonly difference: number | null
  /** Whether it is no larger than the uncertainty of both leaves open; undefined where that is not known. */
  readonly isOpen: boolean | undefined
}

const untold: Value = { value: null }

/** Every quantity that was measured of one of the two at least, under its heading. */
export function differencesOf(
  shown: Values,
  other: Values
): { readonly name: string; readonly rows: readonly Difference[] }[] {
  return quantityGroups
    .map(({ name, quantities }) => ({
      name,
      rows: quantities
        .map((quantity) => differenceOf(quantity, shown[quantity.id] ?? untold, other[quantity.id] ?? untold))
        .filter((row) => row.shown !== null || row.other !== null)
    }))
    .filter(({ rows }) => rows.length > 0)
}

function differenceOf(quantity: Quantity, { value: a, sd: sdA }: Value, { value: b, sd: sdB }: Value): Difference {
  const difference = a === null || b === null ? null : b - a
  const isKnown = difference !== null && sdA !== undefined && sdB !== undefined
  const isOpen = isKnown ? Math.abs(difference) <= halfWidth90 * Math.hypot(sdA, sdB) : undefined
  return { quantity, shown: a, other: b, difference, isOpen }
}
