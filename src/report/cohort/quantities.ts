import { parts } from '../../core/anatomy.ts'
import type { EarResult } from '../result.ts'
import type { DoneCase } from './cohort-case.ts'

/** One number about one ear. */
export interface Quantity {
  readonly id: string
  readonly name: string
  readonly unit: string
  readonly value: number
}

/** All numbers of an ear that ears can be compared by. */
export function quantitiesOf(ear: EarResult): Quantity[] {
  const volume = (id: keyof EarResult['volumes'], name: string): Quantity => ({
    id: `${id}_volume`,
    name: `Volume, ${name.toLowerCase()}`,
    unit: 'mm³',
    value: ear.volumes[id]
  })
  return [
    ...parts.map(({ id, name }) => volume(id, name)),
    volume('labyrinth', 'Labyrinth'),
    { id: 'residual', name: 'Distance from the mean ear', unit: 'mm', value: ear.residual }
  ]
}

/** One quantity of one ear of a cohort. */
export interface CohortValue extends Quantity {
  readonly of: DoneCase
  readonly ear: EarResult
}

/** The values of each quantity over all ears, by the quantity's id, in the order in which they first appear. */
export function valuesByQuantity(cases: readonly DoneCase[]): Map<string, CohortValue[]> {
  const all = new Map<string, CohortValue[]>()
  for (const of of cases) {
    for (const ear of of.result.ears) {
      for (const quantity of quantitiesOf(ear)) {
        const values = all.get(quantity.id) ?? []
        values.push({ ...quantity, of, ear })
        all.set(quantity.id, values)
      }
    }
  }
  return all
}
