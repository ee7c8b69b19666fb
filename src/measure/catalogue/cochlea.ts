import type { Quantity } from '../measurement.ts'
import { withReference } from '../reference.ts'

const inputs = ['cochlea', 'round_window']

const size = (id: string, name: string, definition: string, source: string): Quantity =>
  withReference({
    id,
    name,
    unit: 'mm',
    definition,
    source,
    inputs
  })

const orientation = (id: string, axis: string): Quantity => ({
  id,
  name: `Modiolar axis to ${axis}`,
  unit: '°',
  definition: `Angle between the modiolar axis, base to apex, and ${axis}; the axis is the normal of the plane through the lateral wall of the basal turn from 30° to 270°, tilted by a quarter of how the turns lean and then by the model's calibrated share towards the mean ear's axis, through the middle of all turns.`,
  source: 'direct',
  inputs
})

export const cochleaQuantities: readonly Quantity[] = [
  size(
    'a_value',
    'A value',
    "From the round window's centre through the modiolar axis to the far lateral wall of the basal turn, projected along the axis.",
    'Escudé et al. 2006'
  ),
  size(
    'b_value',
    'B value',
    'Across A through the modiolar axis, lateral wall to lateral wall (90° and 270°), projected along the axis.',
    'consensus use'
  ),
  size(
    'cochlear_height',
    'Height of the cochlea, H',
    'Along the modiolar axis from the middle of the lateral wall of the basal turn at 180° to the cupula. Published heights (3.26 ± 0.24 mm) begin lower in the basal turn and are not compared with.',
    'consensus use'
  ),
  orientation('axis_to_left', "the scan's left (L)"),
  orientation('axis_to_posterior', "the scan's posterior (P)"),
  orientation('axis_to_superior', "the scan's superior (S)"),
  orientation('axis_to_lateral_canal_normal', "the ear frame's superior axis, normal to the lateral canal")
]
