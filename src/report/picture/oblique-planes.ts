import type { SegmentedEar } from '../../analyze/findings.ts'
import { add, cross, normalize, scale, transform, type Vector3 } from '../../core/math/vector.ts'
import { fitCanals } from '../../measure/canals/canals.ts'
import { fitCochlea } from '../../measure/cochlea/fit-cochlea.ts'
import { createEarSpace } from '../../measure/ear-space.ts'
import { obliquePlane, type Plane, rightOnLeft } from './plane.ts'

/** A plane and what it shows. */
export interface NamedPlane {
  readonly of: 'cochlea' | 'superior canal'
  readonly name: string
  readonly plane: Plane
}

/** Length of their edges, mm. */
const edge = 20

/** From the round window to the middle of the cochlea along its axis, mm. */
const middleOfCochlea = 1.3

/** Across and along the axis of the cochlea, in and across the superior canal; as far as these could be fitted. */
export function obliquePlanes(ear: SegmentedEar): NamedPlane[] {
  return [...cochlearPlanes(ear), ...canalPlanes(ear)]
}

function cochlearPlanes(ear: SegmentedEar): NamedPlane[] {
  const cochlea = fitCochlea(ear)
  if (typeof cochlea === 'string') return []
  const { axis: modiolar, zero } = cochlea.frame
  const axis = transform(ear.frame.direction, modiolar.direction)
  const base = inWorld(ear, modiolar.point)
  const across = rightOnLeft(transform(ear.frame.direction, zero))
  const middle = add(base, scale(axis, middleOfCochlea))
  return [
    {
      of: 'cochlea',
      name: 'Cochlear view: across the modiolar axis, at the round window',
      plane: obliquePlane(base, axis, edge)
    },
    {
      of: 'cochlea',
      name: 'Along the modiolar axis, apex up',
      plane: { center: middle, across, down: scale(axis, -1), edge }
    }
  ]
}

function canalPlanes(ear: SegmentedEar): NamedPlane[] {
  const { superior } = fitCanals(createEarSpace(ear))
  if (superior === undefined) return []
  const center = inWorld(ear, superior.center)
  const normal = transform(ear.frame.direction, superior.normal)
  return [
    { of: 'superior canal', name: 'In the superior canal (Pöschl)', plane: obliquePlane(center, normal, edge) },
    {
      of: 'superior canal',
      name: 'Across the superior canal (Stenvers)',
      plane: obliquePlane(center, normalize(cross(normal, transform(ear.frame.direction, [0, 0, 1]))), edge)
    }
  ]
}

/** LPS mm of a point in an ear's own frame. */
function inWorld({ frame: { origin, direction } }: SegmentedEar, point: Vector3): Vector3 {
  return add(origin, transform(direction, point))
}
