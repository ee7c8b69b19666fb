import { partLabel } from '../core/anatomy.ts'
import { angleBetween } from '../core/math/angle.ts'
import { column, distance, transform } from '../core/math/vector.ts'
import type { EarFrame } from '../ear/ear-frame.ts'
import type { LabyrinthShape } from '../generate/anatomy/shape.ts'
import { truthOf } from '../generate/anatomy/truth.ts'
import { ductLengths, lengthToAngle } from '../measure/cochlea/duct-length.ts'

/**
 * The quantities of the catalogue as a generated ear's parametric anatomy has them, by id. Duct lengths by formula are those of the true A value: what the measurement adds, not what the formula is off by.
 * @param frame where the ear lies, for the axis against the scanner
 */
export function trueValues(
  shape: LabyrinthShape,
  frame: EarFrame,
  truth = truthOf(shape)
): Readonly<Record<string, number>> {
  const { volumes, cochlea, canals, modiolarAxis } = truth
  const { superior, posterior, lateral } = canals
  const axis = transform(frame.direction, modiolarAxis)
  const lengths = ductLengths(cochlea.a)
  const volume = (label: number): number => volumes[label] ?? 0
  return {
    cochlea_volume: volume(partLabel.cochlea),
    vestibule_volume: volume(partLabel.vestibule),
    semicircular_canals_volume: volume(partLabel.semicircular_canals),
    labyrinth_volume: volumes.reduce((sum, one) => sum + one, 0),
    a_value: cochlea.a,
    b_value: cochlea.b,
    cochlear_height: cochlea.height,
    basal_turn_length_traced: cochlea.basalTurnLength,
    duct_length_traced: cochlea.lateralWallLength,
    total_angle: cochlea.totalAngle,
    turns: cochlea.totalAngle / 360,
    axis_to_left: angleBetween(axis, [1, 0, 0]),
    axis_to_posterior: angleBetween(axis, [0, 1, 0]),
    axis_to_superior: angleBetween(axis, [0, 0, 1]),
    axis_to_lateral_canal_normal: angleBetween(axis, column(frame.direction, 2)),
    duct_length_alexiades_organ_of_corti: lengths.alexiadesOrganOfCorti,
    duct_length_alexiades_two_turns: lengths.alexiadesTwoTurns,
    duct_length_koch_organ_of_corti: lengths.kochOrganOfCorti,
    duct_length_koch_lateral_wall: lengths.kochLateralWall,
    basal_turn_length_escude: lengthToAngle(cochlea.a, 360),
    superior_canal_radius: superior.radius,
    posterior_canal_radius: posterior.radius,
    lateral_canal_radius: lateral.radius,
    superior_posterior_canal_angle: angleBetween(superior.normal, posterior.normal),
    superior_lateral_canal_angle: angleBetween(superior.normal, lateral.normal),
    posterior_lateral_canal_angle: angleBetween(posterior.normal, lateral.normal),
    oval_round_window_distance: distance(shape.ovalWindow, shape.roundWindow),
    helicotrema_round_window_distance: distance(shape.helicotrema, shape.roundWindow),
    helicotrema_oval_window_distance: distance(shape.helicotrema, shape.ovalWindow)
  }
}
