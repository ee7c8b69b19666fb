/** Which of the lengths of the cochlear duct to take, and when to take another. */
export const recommendedDuctLength = {
  id: 'duct_length_alexiades_organ_of_corti',
  why: 'the length of the organ of Corti, estimated from the A value'
} as const

/** When another length than the recommended one is the one to take, by its id. */
export const ductLengthUse: Readonly<Record<string, string>> = {
  duct_length_alexiades_organ_of_corti: recommendedDuctLength.why,
  duct_length_alexiades_two_turns: 'for an array that is to reach two turns and no farther',
  duct_length_koch_organ_of_corti: 'to compare with results that were estimated by this formula',
  duct_length_koch_lateral_wall: 'for a straight array, which lies along the lateral wall',
  basal_turn_length_escude: 'for how deep a full first turn is along the lateral wall',
  basal_turn_length_traced: 'the same, followed in this ear instead of estimated from A',
  duct_length_traced: 'where the cochlea is shaped unusually, so that A says little; its upper turns are uncertain'
}
