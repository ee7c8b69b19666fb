import type { Quantity, Unit } from '../measurement.ts'

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

const traced = (id: string, name: string, unit: Unit, definition: string): Quantity => ({
  id,
  name,
  unit,
  definition,
  source: 'direct; mean cochlea: 42 bony labyrinths outlined in CT',
  inputs: ['cochlea', 'round_window']
})

export const ductQuantities: readonly Quantity[] = [
  byFormula('duct_length_alexiades_organ_of_corti', 'organ of Corti', '4.16 A − 4', alexiades),
  byFormula('duct_length_alexiades_two_turns', 'organ of Corti, two turns', '3.65 (A − 1)', alexiades),
  byFormula('duct_length_koch_organ_of_corti', 'organ of Corti', '4.16 A − 5.05', koch),
  byFormula('duct_length_koch_lateral_wall', 'lateral wall', '3.86 A + 4.99', koch),
  byFormula('basal_turn_length_escude', 'lateral wall to 360°', '2.62 A ln(1 + 360/235)', 'Escudé et al. 2006'),
  traced(
    'basal_turn_length_traced',
    'Basal turn length, lateral wall, traced',
    'mm',
    'Length of the path along the lateral wall of the segmented cochlea from the round window (0°) to 360°.'
  ),
  traced(
    'duct_length_traced',
    'Cochlear duct length, lateral wall, traced',
    'mm',
    'Length of the path along the lateral wall of the segmented cochlea from the round window (0°) to the end of the last turn: traced to 540°, from there that of the mean cochlea of 42 ears fitted to this one.'
  ),
  traced(
    'total_angle',
    'Angle of all turns',
    '°',
    'About the modiolar axis from the round window to the end of the last turn. The mean cochlea of 42 ears is fitted to the outlined one as a tube whose upper turns may be wound on or back; CT hardly shows how they end: in generated ears the value comes out some 40° too large on average, and its error is as large as the differences between ears.'
  ),
  traced('turns', 'Turns of the cochlea', 'turns', 'The angle of all turns / 360°.')
]
