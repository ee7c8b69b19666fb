import type { Sighting } from '../analyze/sighting.ts'

/** What an ear is measured from. */
export type MeasuredEar = Sighting
