import type { Quantity } from '../measurement.ts'

const byFormula = (id: string, place: string, formula: string, source: string): Quantity => ({
  id,
  name: `Cochlear duct length, ${place} (${source.split(' ')[0]})`,
  unit: 'mm',
  definition: `Length of the cochlear duct at the ${place}, estimated from the A value in mm.`,
  formula,
  source,
  inputs: ['a_value']
})

const alexiades = 'Alexiades et al. 2015'
const koch = 'Koch et al. 2017'

export const ductQuantities: readonly Quantity[] = [
  byFormula('duct_length_alexiades_organ_of_corti', 'organ of Corti', '4.16 A − 4', alexiades),
  byFormula('duct_length_alexiades_lateral_wall', 'lateral wall', '4.16 A − 2.7', alexiades),
  byFormula('duct_length_alexiades_two_turns', 'organ of Corti, two turns', '3.65 (A − 1)', alexiades),
  byFormula('duct_length_koch_organ_of_corti', 'organ of Corti', '4.16 A − 5.05', koch),
  byFormula('duct_length_koch_lateral_wall', 'lateral wall', '3.86 A + 4.99', koch),
  byFormula('basal_turn_length_escude', 'lateral wall to 360°', '2.62 A ln(1 + 360/235)', 'Escudé et al. 2006'),
  {
    id: 'basal_turn_length_traced',
    name: 'Basal turn length, lateral wall, traced',
    unit: 'mm',
    definition:
      "Length of the path along the segmented cochlea's lateral wall from the round window's angle (0°) to 360°. Higher turns are fused in a segmentation and are not traced.",
    source: 'direct',
    inputs: ['cochlea', 'helicotrema', 'round_window']
  }
]
