import { quantities } from './catalogue.ts'
import type { MeasuredEar } from './measured-ear.ts'
import type { Measurement } from './measurement.ts'
import { measureVolumes } from './volumes.ts'

/** Values by the quantity's id; a text says why there is none. */
export type Values = Readonly<Record<string, number | string>>

/** Every quantity of the catalogue for one ear. */
export function measureEar(ear: MeasuredEar): Measurement[] {
  const values = valuesOf(ear)
  return quantities.map((quantity) => {
    const value = values[quantity.id] ?? 'it was not measured'
    return typeof value === 'string' ? { ...quantity, value: null, reason: value } : { ...quantity, value }
  })
}

function valuesOf({ occupancy }: MeasuredEar): Values {
  const { parts, labyrinth } = measureVolumes(occupancy)
  return {
    cochlea_volume: parts.cochlea,
    vestibule_volume: parts.vestibule,
    semicircular_canals_volume: parts.semicircular_canals,
    labyrinth_volume: labyrinth
  }
}
