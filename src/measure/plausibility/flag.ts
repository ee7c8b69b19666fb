import type { EarFinding } from '../../analyze/findings.ts'
import type { Side } from '../../core/anatomy.ts'
import type { Vector3 } from '../../core/math/vector.ts'

/** What can be doubtful about a result. */
export const flagIds = [
  'implausible_landmark',
  'missing_landmark',
  'possible_malformation',
  'interrupted_canal',
  'unusual_topology',
  'unusual_stretch',
  'loose_piece',
  'incomplete_field_of_view',
  'metal',
  'low_resolution',
  'side_disagreement'
] as const

export type FlagId = (typeof flagIds)[number]

/** A doubt about one ear, for people: what is striking, and the numbers it rests on. */
export interface Flag {
  readonly id: FlagId
  /** `warning`: do not use the numbers unseen; `note`: they may be less exact. */
  readonly severity: 'warning' | 'note'
  readonly side: Side
  readonly text: string
  /** Where it is to be seen, LPS mm, of a doubt that has a place. */
  readonly place?: Vector3
  /** What was compared, by name; distances in mm, volumes in mm³, angles in degrees, scores in SD. */
  readonly evidence: Readonly<Record<string, number>>
}

/** What plausibility is judged by. */
export type JudgedEar = Pick<
  EarFinding,
  'side' | 'sideConfidence' | 'frame' | 'landmarks' | 'labels' | 'surfaces' | 'calibration' | 'isPainted'
>
