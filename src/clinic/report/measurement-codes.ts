import { type CodedConcept, dicomConcepts, own, volume } from '../codes.ts'

/** The concept of each quantity of the catalogue, by its id. */
export const measurementCodes: Readonly<Record<string, CodedConcept>> = {
  cochlea_volume: volume,
  vestibule_volume: volume,
  semicircular_canals_volume: volume,
  labyrinth_volume: volume,
  labyrinth_length: own('LABYLENGTH', 'Length of the labyrinth, along its longest axis'),
  labyrinth_width: own('LABYWIDTH', 'Width of the labyrinth, along its second axis'),
  labyrinth_height: own('LABYHEIGHT', 'Height of the labyrinth, along its shortest axis'),
  a_value: own('AVALUE', 'A value of the cochlea'),
  b_value: own('BVALUE', 'B value of the cochlea'),
  cochlear_height: own('HVALUE', 'Height of the cochlea, H'),
  axis_to_left: own('AXISLEFT', 'Angle of the modiolar axis and left (L)'),
  axis_to_posterior: own('AXISPOSTERIOR', 'Angle of the modiolar axis and posterior (P)'),
  axis_to_superior: own('AXISSUPERIOR', 'Angle of the modiolar axis and superior (S)'),
  axis_to_lateral_canal_normal: own('AXISCANAL', "Angle of the modiolar axis and the ear's superior axis"),
  duct_length_alexiades_organ_of_corti: own('CDLALEXIADESOC', 'Cochlear duct length, organ of Corti'),
  duct_length_alexiades_two_turns: own('CDLALEXIADES2T', 'Cochlear duct length, organ of Corti, two turns'),
  duct_length_koch_organ_of_corti: own('CDLKOCHOC', 'Cochlear duct length, organ of Corti'),
  duct_length_koch_lateral_wall: own('CDLKOCHLW', 'Cochlear duct length, lateral wall'),
  basal_turn_length_escude: own('BTLESCUDE', 'Basal turn length, lateral wall to 360°, from A'),
  basal_turn_length_traced: own('BTLTRACED', 'Basal turn length, lateral wall, traced'),
  duct_length_traced: own('CDLTRACED', 'Cochlear duct length, lateral wall, traced'),
  total_angle: own('TOTALANGLE', 'Angle of all turns of the cochlea'),
  turns: own('TURNS', 'Turns of the cochlea'),
  superior_canal_radius: own('RADIUSSUPERIOR', 'Radius of the superior canal'),
  posterior_canal_radius: own('RADIUSPOSTERIOR', 'Radius of the posterior canal'),
  lateral_canal_radius: own('RADIUSLATERAL', 'Radius of the lateral canal'),
  superior_posterior_canal_angle: own('ANGLESUPPOST', 'Angle of the superior and posterior canals'),
  superior_lateral_canal_angle: own('ANGLESUPLAT', 'Angle of the superior and lateral canals'),
  posterior_lateral_canal_angle: own('ANGLEPOSTLAT', 'Angle of the posterior and lateral canals'),
  oval_round_window_distance: own('OVALROUND', 'Distance of oval window and round window'),
  helicotrema_round_window_distance: own('HELICOROUND', 'Distance of helicotrema and round window'),
  helicotrema_oval_window_distance: own('HELICOOVAL', 'Distance of helicotrema and oval window')
}

/** The measurement's method, by the source that a quantity of the catalogue names. */
export const methodCodes: Readonly<Record<string, CodedConcept>> = {
  direct: own('DIRECT', 'Measured directly'),
  'direct; mean cochlea: 42 bony labyrinths outlined in CT': own(
    'MEANCOCHLEA',
    'Traced; mean cochlea of 42 ears fitted'
  ),
  'consensus use': own('CONSENSUS', 'Consensus use'),
  'Escudé et al. 2006': own('ESCUDE2006', 'Escudé et al. 2006'),
  'Alexiades et al. 2015': own('ALEXIADES2015', 'Alexiades et al. 2015'),
  'Koch et al. 2017': own('KOCH2017', 'Koch et al. 2017'),
  'Della Santina et al. 2005': own('DELLASANTINA2005', 'Della Santina et al. 2005')
}

/** How a part, a landmark or a contact came to be as it is, where not by otomark alone. */
export const setByCodes = {
  name: own('SETBY', 'How it was set'),
  values: {
    placed: dicomConcepts.manualProcessing,
    corrected: own('CORRECTED', 'Found automatically, corrected by hand')
  }
} as const

/** An electrode array and its contacts. */
export const electrodeCodes = {
  array: own('ELECTRODEARRAY', 'Electrode array of a cochlear implant'),
  contact: own('ELECTRODECONTACT', 'Contact of an electrode array of a cochlear implant'),
  order: own('CONTACTORDER', 'Number of a contact, counted from the apex'),
  makersNumber: own('CONTACTNUMBER', 'Number of a contact, as the maker counts'),
  angle: own('CONTACTANGLE', 'Angle of a contact from the round window'),
  depth: own('CONTACTDEPTH', 'Depth of a contact from the round window'),
  frequency: own('CONTACTFREQUENCY', 'Frequency of the place of a contact'),
  score: own('CONTACTSCORE', 'Score of a contact, from 0 to 1; no probability'),
  arrayScore: own('ARRAYSCORE', 'Score of the array, from 0 to 1; no probability'),
  count: own('CONTACTCOUNT', 'Number of contacts'),
  knownBy: own('ARRAYTOLDBY', 'How the array is known'),
  named: own('ARRAYNAMED', 'Named by a person'),
  spacing: own('ARRAYSPACING', 'Recognised by the spacing of its contacts'),
  alternative: own('ARRAYALTERNATE', 'Another array that fits as well')
} as const

/** How numbers of a contact are measured. */
export const contactMethods = {
  angle: own('VERBIST2010', 'About the modiolar axis, Verbist et al. 2010'),
  depth: own('THROUGHCONTACTS', 'From the middle of the round window through the contacts'),
  frequency: own('GREENWOOD1990', 'Greenwood 1990, at the share of the lateral wall')
} as const

/** Bounds of the interval in which the truth lies with a probability of 90 %. */
export const intervalCodes = {
  low: own('INTERVAL90LOW', 'Lower bound of the 90 % interval'),
  high: own('INTERVAL90HIGH', 'Upper bound of the 90 % interval')
}

export const confidenceCode = own('CONFIDENCE', 'Confidence of a landmark, a score from 0 to 1')
export const sideConfidenceCode = own('SIDECONFIDENCE', 'Probability of the side of the ear')

export const severityCodes = {
  warning: own('WARNING', 'Warning: do not use the numbers unseen'),
  note: own('NOTE', 'Note: numbers may be less exact')
}

/** What is doubtful, by the id of a flag. */
export const flagCodes: Readonly<Record<string, CodedConcept>> = {
  implausible_landmark: own('FLAGLANDMARK', 'Implausible landmark'),
  missing_landmark: own('FLAGNOLANDMARK', 'Missing landmark'),
  possible_malformation: own('FLAGMALFORMED', 'Possible malformation'),
  interrupted_canal: own('FLAGCANAL', 'Interrupted semicircular canal'),
  unusual_topology: own('FLAGTOPOLOGY', 'Unusual topology of the outline'),
  unusual_stretch: own('FLAGSTRETCH', 'Unusual stretch along an axis of the scan'),
  loose_piece: own('FLAGPIECE', 'Loose piece of the outline'),
  incomplete_field_of_view: own('FLAGFIELD', 'Incomplete field of view'),
  metal: own('FLAGMETAL', 'Metal near the ear'),
  low_resolution: own('FLAGRESOLUTION', 'Low resolution'),
  side_disagreement: own('FLAGSIDE', 'Side in doubt'),
  before: own('FLAGBEFORE', 'Outlined in a scan from before surgery'),
  electrode: own('FLAGELECTRODE', 'Electrode array in the cochlea'),
  input: own('FLAGINPUT', 'Remark on how the scan was read'),
  uncalibrated: own('FLAGUNCALIBRATED', 'Model without a calibration')
}

/** Of a flag that is not in the table. */
export const otherFlag = own('FLAGOTHER', 'Other doubt')
