import type { EarView } from '../analyze/segment/ear-view.ts'

/** What an ear is measured from. */
export type MeasuredEar = EarView
