/** The quantities of the catalogue as a generated ear's parametric anatomy has them, by id. */
import type { EarFrame } from '../../src/core/ear-frame.ts'
import { distance, transform, type Vector3 } from '../../src/core/vector.ts'
import type { LabyrinthShape } from '../../src/generate/anatomy/shape.ts'
import { angleBetween } from '../../src/measure/angle.ts'
import { ductLengths, lengthToAngle } from '../../src/measure/duct-length.ts'
import { trueCanal, trueCochlea, trueVolumes } from './truth.ts'

/**
 * Duct lengths by formula are those of the true A value: what the measurement adds, not what the formula is off by.
 * @param frame where the ear lies, for the axis against the scanner
 */
export function trueValues(shape: LabyrinthShape, frame: EarFrame): Readonly<Record<string, number>> {
  const [, cochlea, vestibule, canals] = trueVolumes(shape) as [number, number, number, number]
  const size = trueCochlea(shape)
  const [anterior, posterior, lateral] = [0, 1, 2].map((canal) =>
    trueCanal(shape, canal, canalNormals[canal] as Vector3)
  )
  if (!anterior || !posterior || !lateral) throw new Error('a labyrinth has three canals')
  const axis = transform(frame.direction, shape.modiolarAxis.direction)
  const lengths = size.a === undefined ? undefined : ductLengths(size.a)
  const known = {
    cochlea_volume: cochlea,
    vestibule_volume: vestibule,
    semicircular_canals_volume: canals,
    labyrinth_volume: cochlea + vestibule + canals,
    a_value: size.a,
    b_value: size.b,
    cochlear_height: size.height,
    basal_turn_length_traced: size.basalTurn,
    axis_to_left: angleBetween(axis, [1, 0, 0]),
    axis_to_posterior: angleBetween(axis, [0, 1, 0]),
    axis_to_superior: angleBetween(axis, [0, 0, 1]),
    axis_to_lateral_canal_normal: angleBetween(shape.modiolarAxis.direction, lateral.normal),
    duct_length_alexiades_organ_of_corti: lengths?.alexiadesOrganOfCorti,
    duct_length_alexiades_lateral_wall: lengths?.alexiadesLateralWall,
    duct_length_alexiades_two_turns: lengths?.alexiadesTwoTurns,
    duct_length_koch_organ_of_corti: lengths?.kochOrganOfCorti,
    duct_length_koch_lateral_wall: lengths?.kochLateralWall,
    basal_turn_length_escude: size.a === undefined ? undefined : lengthToAngle(size.a, 360),
    anterior_canal_radius: anterior.radius,
    posterior_canal_radius: posterior.radius,
    lateral_canal_radius: lateral.radius,
    anterior_posterior_canal_angle: angleBetween(anterior.normal, posterior.normal),
    anterior_lateral_canal_angle: angleBetween(anterior.normal, lateral.normal),
    posterior_lateral_canal_angle: angleBetween(posterior.normal, lateral.normal),
    oval_round_window_distance: distance(shape.ovalWindow, shape.roundWindow),
    helicotrema_round_window_distance: distance(shape.helicotrema, shape.roundWindow),
    helicotrema_oval_window_distance: distance(shape.helicotrema, shape.ovalWindow)
  }
  return Object.fromEntries(Object.entries(known).filter((entry): entry is [string, number] => entry[1] !== undefined))
}

/** Roughly where the canals' normals point in the ear frame, which fixes their sense. */
const canalNormals: readonly Vector3[] = [
  [0.69, -0.73, 0],
  [-0.69, -0.73, 0],
  [0, 0, 1]
]
