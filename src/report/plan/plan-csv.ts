import { type Cell, encodeCsv } from '../../io/csv.ts'
import type { PlanFile } from './plan-file.ts'

const head = [
  'side',
  'array',
  'insertion_mm',
  'order_from_apex',
  'makers_number',
  'depth_mm',
  'angle_deg',
  'angle_low',
  'angle_high',
  'frequency_hz',
  'frequency_low',
  'frequency_high',
  'x',
  'y',
  'z',
  'to_lateral_wall_mm',
  'to_modiolus_mm',
  'clearance_mm',
  // Deprecated: the former name of the clearance.
  'room_mm'
]

/** `plan.csv`: a row for each contact; positions in LPS mm, cells of contacts outside the cochlea empty. */
export function planCsv({ ears }: PlanFile): string {
  const rows = ears.flatMap(({ side, arrays }) =>
    arrays.flatMap(({ array, insertion, contacts }) =>
      contacts.map(({ order, number = null, depth, inside }): Cell[] => [
        side,
        array.id,
        insertion,
        order,
        number,
        depth,
        ...(inside === undefined
          ? new Array<Cell>(13).fill(null)
          : [
              inside.angle,
              ...(inside.angleInterval ?? [null, null]),
              inside.frequency,
              ...(inside.frequencyInterval ?? [null, null]),
              ...inside.position,
              inside.toLateralWall,
              inside.toModiolus,
              inside.clearance,
              inside.clearance
            ])
      ])
    )
  )
  return encodeCsv([head, ...rows])
}
