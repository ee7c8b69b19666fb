import { normalize, type Vector3 } from '../core/math/vector.ts'
import type { Axis } from './cochlear-coordinates.ts'
import data from './mean-cochlea.json' with { type: 'json' }

/** The modiolar axis, base to apex, of the mean ear in its frame, mm. */
export const meanAxis: Axis = {
  point: data.axis.point as unknown as Vector3,
  direction: normalize(data.axis.direction as unknown as Vector3)
}
