/**
 * What each measurement is off by (SD, its own unit) even where all looks at an ear agree: found on generated ears with
 * known truth by `npx tsx studies/measurements/recalibrate.ts`, which writes this file. Lengths by formula: how far
 * the A value they are taken from is off; what a formula is off by is not in it.
 */
export const methodDeviation: Readonly<Record<string, number>> = {
  cochlea_volume: 2.5,
  vestibule_volume: 1.4,
  semicircular_canals_volume: 3,
  labyrinth_volume: 6.7,
  a_value: 0.096,
  b_value: 0.11,
  cochlear_height: 0.071,
  axis_to_left: 1.6,
  axis_to_posterior: 1.9,
  axis_to_superior: 1.6,
  axis_to_lateral_canal_normal: 4,
  duct_length_alexiades_organ_of_corti: 0.4,
  duct_length_alexiades_lateral_wall: 0.4,
  duct_length_alexiades_two_turns: 0.35,
  duct_length_koch_organ_of_corti: 0.4,
  duct_length_koch_lateral_wall: 0.37,
  basal_turn_length_escude: 0.23,
  basal_turn_length_traced: 0.18,
  duct_length_traced: 0.9,
  total_angle: 35,
  turns: 0.097,
  anterior_canal_radius: 0.035,
  posterior_canal_radius: 0.064,
  lateral_canal_radius: 0.016,
  anterior_posterior_canal_angle: 1.5,
  anterior_lateral_canal_angle: 1.9,
  posterior_lateral_canal_angle: 0.62,
  oval_round_window_distance: 0.034,
  helicotrema_round_window_distance: 0.029,
  helicotrema_oval_window_distance: 0.038
}
