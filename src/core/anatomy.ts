/** The parts of the labyrinth, the landmarks and the sides: one table that every reader, writer and viewer uses. */

/**
 * A concept of a coding scheme: `SCT` is SNOMED CT, for codes whose check digit and meaning are verified; `MSH` is MeSH,
 * whose headings under Ear, Inner (A09.246.300) mean the bony canals and the bony vestibule.
 */
export interface Code {
  readonly scheme: 'SCT' | 'MSH'
  readonly value: string
  readonly meaning: string
}

/** A labelled part: its number in a label map, name, display colour (sRGB 0–255) and code. */
export interface Part {
  readonly label: number
  readonly id: PartId
  readonly name: string
  readonly color: readonly [number, number, number]
  readonly code: Code
}

export type PartId = 'cochlea' | 'vestibule' | 'semicircular_canals'

/** A labyrinth is less than 25 mm long, the two of a head more than 55 mm apart: within 30 mm it is the same ear. */
export const earReach = 30

/** Distance of the two vestibules of a head, mm; about 80 in adults. */
export const headWidth = { least: 55, greatest: 110 }

/** Whether two ears so far apart (mm) may be a head's two. */
export function isHeadWidth(apart: number): boolean {
  return apart >= headWidth.least && apart <= headWidth.greatest
}

/** Label numbers as in Stebani et al. 2023: 1 cochlea, 2 vestibule, 3 semicircular canals; 0 is background. */
export const parts: readonly Part[] = [
  {
    label: 1,
    id: 'cochlea',
    name: 'Cochlea',
    color: [224, 72, 58],
    code: { scheme: 'SCT', value: '80169004', meaning: 'Cochlear structure' }
  },
  {
    label: 2,
    id: 'vestibule',
    name: 'Vestibule',
    color: [240, 196, 25],
    code: { scheme: 'MSH', value: 'D014722', meaning: 'Vestibule, Labyrinth' }
  },
  {
    label: 3,
    id: 'semicircular_canals',
    name: 'Semicircular canals',
    color: [64, 106, 224],
    code: { scheme: 'MSH', value: 'D012665', meaning: 'Semicircular Canals' }
  }
]

export const partLabel: Readonly<Record<PartId, number>> = { cochlea: 1, vestibule: 2, semicircular_canals: 3 }

export type LandmarkId = 'helicotrema' | 'oval_window' | 'round_window'

/** A landmark's name and display colour. */
export interface LandmarkKind {
  readonly id: LandmarkId
  readonly name: string
  readonly color: readonly [number, number, number]
}

/** The three landmarks of Stebani et al. 2023, in the order of the network's heatmaps. */
export const landmarkKinds: readonly LandmarkKind[] = [
  { id: 'helicotrema', name: 'Helicotrema', color: [22, 160, 133] },
  { id: 'oval_window', name: 'Oval window', color: [142, 68, 173] },
  { id: 'round_window', name: 'Round window', color: [211, 84, 0] }
]

export type Side = 'left' | 'right'
