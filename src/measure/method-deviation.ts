/**
 * What each measurement is off by (SD, its own unit) even where all looks at an ear agree: found on 79 generated ears
 * with known truth, seen by the segmenter a1ab3971, by `npx tsx studies/measurements/recalibrate.ts`, which writes
 * this file. Lengths by formula: how far the A value they are taken from is off; what a formula is off by is not in it.
 */
export const methodDeviation: Readonly<Record<string, number>> = {
  cochlea_volume: 2.3,
  vestibule_volume: 1.5,
  semicircular_canals_volume: 2.7,
  labyrinth_volume: 6.8,
  a_value: 0.058,
  b_value: 0.092,
  cochlear_height: 0.082,
  axis_to_left: 2.3,
  axis_to_posterior: 2.2,
  axis_to_superior: 2.8,
  axis_to_lateral_canal_normal: 3.3,
  duct_length_alexiades_organ_of_corti: 0.24,
  duct_length_alexiades_lateral_wall: 0.24,
  duct_length_alexiades_two_turns: 0.21,
  duct_length_koch_organ_of_corti: 0.24,
  duct_length_koch_lateral_wall: 0.23,
  basal_turn_length_escude: 0.14,
  basal_turn_length_traced: 0.16,
  duct_length_traced: 1.2,
  total_angle: 39,
  turns: 0.11,
  anterior_canal_radius: 0.05,
  posterior_canal_radius: 0.032,
  lateral_canal_radius: 0.033,
  anterior_posterior_canal_angle: 1.4,
  anterior_lateral_canal_angle: 1.9,
  posterior_lateral_canal_angle: 0.55,
  oval_round_window_distance: 0.082,
  helicotrema_round_window_distance: 0.11,
  helicotrema_oval_window_distance: 0.12
}
