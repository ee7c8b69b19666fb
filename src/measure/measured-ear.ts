import type { Sighting } from '../analyze/repeat.ts'

/** What an ear is measured from. */
export type MeasuredEar = Sighting
