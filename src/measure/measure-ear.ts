import { angleBetween } from '../core/math/angle.ts'
import type { Circle } from '../core/math/fit-circle.ts'
import { distance, type Vector3 } from '../core/math/vector.ts'
import { fitCanals } from './canals/canals.ts'
import { quantities } from './catalogue.ts'
import { cochleaValues, ofUpperTurns } from './cochlea/measure-cochlea.ts'
import { whyNoTurns } from './cochlea/turns-in-voxels.ts'
import { createEarSpace, type EarSpace } from './ear-space.ts'
import { labyrinthExtents } from './extents.ts'
import { landmarkPlaces } from './landmark-places.ts'
import type { MeasuredEar } from './measured-ear.ts'
import type { Measurement } from './measurement.ts'
import { type Values, valueOr } from './values.ts'
import { measureVolumes } from './volumes.ts'

/**
 * Every quantity of the catalogue for one ear, without intervals, which `measureWithUncertainty` adds.
 * @returns values in the quantity's own unit; null, with the reason, where one cannot be taken
 *
 * @example
 * ```ts
 * import { type EarFinding, measureEar } from 'otomark'
 *
 * function printMeasurements(ear: EarFinding) {
 *   for (const { name, value, unit, reason } of measureEar(ear)) console.log(name, value ?? reason, unit)
 * }
 * ```
 */
export function measureEar(ear: MeasuredEar): Measurement[] {
  const space = createEarSpace(ear)
  const cochlea = withoutUpperTurns(ear, cochleaValues(ear))
  const values = { ...sizeValues(ear), ...cochlea, ...canalValues(space), ...landmarkValues(ear) }
  return quantities.map((quantity) => {
    const value = (values as Values)[quantity.id] ?? 'it was not measured'
    return typeof value === 'string' ? { ...quantity, value: null, reason: value } : { ...quantity, value }
  })
}

function sizeValues({ occupancy }: MeasuredEar): Values {
  const { parts, labyrinth } = measureVolumes(occupancy)
  const [length, width, height] = labyrinthExtents(occupancy) ?? []
  const reason = 'hardly anything is outlined'
  return {
    cochlea_volume: parts.cochlea,
    vestibule_volume: parts.vestibule,
    semicircular_canals_volume: parts.semicircular_canals,
    labyrinth_volume: labyrinth,
    labyrinth_length: valueOr(length, reason),
    labyrinth_width: valueOr(width, reason),
    labyrinth_height: valueOr(height, reason)
  }
}

/** Without values of the upper turns and of the path along the wall, where voxels are too coarse to resolve the turns. */
function withoutUpperTurns({ voxelEdge }: MeasuredEar, values: Values): Values {
  const reason = whyNoTurns(voxelEdge)
  if (reason === undefined) return values
  return { ...values, ...Object.fromEntries(ofUpperTurns.map((id) => [id, reason])) }
}

function canalValues(space: EarSpace): Values {
  const { superior, posterior, lateral } = fitCanals(space)
  const reason = 'too little of the canal is outlined'
  const angle = (a: Circle | undefined, b: Circle | undefined): number | string =>
    a && b ? angleBetween(a.normal, b.normal) : reason
  return {
    superior_canal_radius: valueOr(superior?.radius, reason),
    posterior_canal_radius: valueOr(posterior?.radius, reason),
    lateral_canal_radius: valueOr(lateral?.radius, reason),
    superior_posterior_canal_angle: angle(superior, posterior),
    superior_lateral_canal_angle: angle(superior, lateral),
    posterior_lateral_canal_angle: angle(posterior, lateral)
  }
}

function landmarkValues(ear: MeasuredEar): Values {
  const places = landmarkPlaces(ear)
  const between = (a: Vector3 | undefined, b: Vector3 | undefined): number | string =>
    a && b ? distance(a, b) : 'a landmark was not found'
  const [helicotrema, oval, round] = [places.get('helicotrema'), places.get('oval_window'), places.get('round_window')]
  return {
    oval_round_window_distance: between(oval, round),
    helicotrema_round_window_distance: between(helicotrema, round),
    helicotrema_oval_window_distance: between(helicotrema, oval)
  }
}
