import type { EarResult } from '../result.ts'
import type { DoneCase } from './cohort-case.ts'

/** One number about one ear. */
export interface Quantity {
  readonly id: string
  readonly name: string
  readonly unit: string
  /** null where it was not measured. */
  readonly value: number | null
  /** The 90 % interval, where it is known. */
  readonly low: number | null
  readonly high: number | null
}

/** Whose distributions the summary page shows, by id. */
export const mainQuantities: readonly string[] = [
  'labyrinth_volume',
  'cochlea_volume',
  'vestibule_volume',
  'semicircular_canals_volume',
  'a_value',
  'b_value',
  'cochlear_height',
  'duct_length_alexiades_organ_of_corti',
  'basal_turn_length_traced',
  'superior_canal_radius',
  'posterior_canal_radius',
  'lateral_canal_radius',
  'superior_posterior_canal_angle',
  'superior_lateral_canal_angle',
  'posterior_lateral_canal_angle',
  'residual'
]

/** All numbers of an ear that ears can be compared by. */
export function quantitiesOf(ear: EarResult): Quantity[] {
  const measured = ear.measurements.map(({ id, name, unit, value, uncertainty }) => {
    return { id, name, unit, value, low: uncertainty?.low ?? null, high: uncertainty?.high ?? null }
  })
  const residual = { id: 'residual', name: 'Distance from the mean ear', unit: 'mm', low: null, high: null }
  return [...measured, { ...residual, value: ear.residual }]
}

/** One quantity of one ear of a cohort. */
export interface CohortValue extends Quantity {
  readonly value: number
  readonly of: DoneCase
  readonly ear: EarResult
}

/** The known values of each quantity over all ears, by the quantity's id, in the order in which they first appear. */
export function valuesByQuantity(cases: readonly DoneCase[]): Map<string, CohortValue[]> {
  const all = new Map<string, CohortValue[]>()
  for (const of of cases) {
    for (const ear of of.result.ears) {
      for (const quantity of quantitiesOf(ear)) {
        const values = all.get(quantity.id) ?? []
        if (quantity.value !== null) values.push({ ...quantity, value: quantity.value, of, ear })
        all.set(quantity.id, values)
      }
    }
  }
  return all
}
