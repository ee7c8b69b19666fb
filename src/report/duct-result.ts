import { z } from 'zod'
import { rounded, triple } from '../core/math/rounded.ts'
import type { CochlearDuct } from '../measure/cochlea/cochlear-duct.ts'

const vector = z.tuple([z.number(), z.number(), z.number()])
const number = z.number()
const rows = z.array(z.tuple([number, number, number, number, number, number, number, number])).min(2)

/** The lumen of the cochlea along its turns, as `result.json` holds it. */
export const ductResult = z
  .strictObject({
    axis: z
      .strictObject({ point: vector, direction: vector })
      .describe("the modiolar axis, LPS mm: at the round window's height, and from base to apex"),
    zero: vector.describe('unit vector across the axis to the round window: 0°'),
    quarter: vector.describe('unit vector across the axis at 90°, the way the turns go'),
    roundWindowRadius: z.number().describe("distance of the round window's centre from the axis, mm"),
    columns: z.tuple([
      z.literal('angle'),
      z.literal('wall_radius'),
      z.literal('wall_height'),
      z.literal('radius'),
      z.literal('height'),
      z.literal('shape_rr'),
      z.literal('shape_rh'),
      z.literal('shape_hh')
    ]),
    sections: rows.describe(
      "at degrees from the round window: the lateral wall, the lumen's middle (mm from the axis, and along it from the round window) and the matrix M (mm²) of its wall qᵀ M⁻¹ q = 1"
    )
  })
  .describe('the lumen of the cochlea along its turns: the mean cochlea fitted to it, its lateral wall as seen to 540°')

export type DuctResult = z.infer<typeof ductResult>

export function describeDuct({ frame, roundWindowRadius, sections }: CochlearDuct): DuctResult {
  return {
    axis: { point: triple(frame.axis.point, 4), direction: triple(frame.axis.direction, 6) },
    zero: triple(frame.zero, 6),
    quarter: triple(frame.quarter, 6),
    roundWindowRadius: rounded(roundWindowRadius, 4),
    columns: ['angle', 'wall_radius', 'wall_height', 'radius', 'height', 'shape_rr', 'shape_rh', 'shape_hh'],
    sections: sections.map(({ angle, wall, radius, height, shape: [rr, rh, hh] }) => [
      rounded(angle, 2),
      rounded(wall.radius, 4),
      rounded(wall.height, 4),
      rounded(radius, 4),
      rounded(height, 4),
      rounded(rr, 4),
      rounded(rh, 4),
      rounded(hh, 4)
    ])
  }
}

/** The duct that a result describes. */
export function ductOf({ axis, zero, quarter, roundWindowRadius, sections }: DuctResult): CochlearDuct {
  return {
    frame: { axis, zero, quarter },
    roundWindowRadius,
    sections: sections.map(([angle, wallRadius, wallHeight, radius, height, rr, rh, hh]) => ({
      angle,
      wall: { radius: wallRadius, height: wallHeight },
      radius,
      height,
      shape: [rr, rh, hh]
    }))
  }
}
