import { type Cell, encodeCsv } from '../../io/csv.ts'
import type { AnalysisResult } from '../result.ts'

const head = [
  'side',
  'array',
  'order_from_apex',
  'makers_number',
  'x',
  'y',
  'z',
  'confidence',
  'angle_deg',
  'depth_mm',
  'frequency_hz',
  'by_hand'
]

/**
 * `contacts.csv`: a row for each contact found; positions in LPS mm, cells of what lies outside the cochlea empty; of one that a
 * person placed, the confidence too.
 * @returns undefined where no contacts were found
 */
export function contactsCsv({ ears }: AnalysisResult): string | undefined {
  const rows = ears.flatMap(({ side, implant }) =>
    implant?.status !== 'found'
      ? []
      : implant.contacts.map(({ order, number = null, position, confidence, byHand, inside }): Cell[] => [
          side,
          implant.array.id,
          order,
          number,
          ...position,
          byHand ? null : confidence,
          ...(inside === undefined ? [null, null, null] : [inside.angle, inside.depth, inside.frequency]),
          byHand ? 'yes' : 'no'
        ])
  )
  return rows.length === 0 ? undefined : encodeCsv([head, ...rows])
}
