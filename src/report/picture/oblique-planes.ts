import type { EarFinding } from '../../analyze/findings.ts'
import { add, cross, normalize, scale, transform, type Vector3 } from '../../core/math/vector.ts'
import { fitCanals } from '../../measure/canals/canals.ts'
import { axisShrinkageOf, fitCochlearFrame } from '../../measure/cochlea/cochlear-axis.ts'
import { createEarSpace, type EarSpace, insideOf } from '../../measure/ear-space.ts'
import { landmarkPlaces } from '../../measure/landmark-places.ts'
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
export function obliquePlanes(ear: EarFinding): NamedPlane[] {
  const space = createEarSpace(ear)
  return [...cochlearPlanes(ear, space), ...canalPlanes(ear, space)]
}

function cochlearPlanes(ear: EarFinding, space: EarSpace): NamedPlane[] {
  const roundWindow = landmarkPlaces(ear).get('round_window')
  const fitted = roundWindow && fitCochlearFrame(insideOf(space, 'cochlea'), roundWindow, axisShrinkageOf(ear))
  if (fitted === undefined) return []
  const axis = transform(ear.frame.direction, fitted.axis.direction)
  const base = inWorld(ear, fitted.axis.point)
  const across = rightOnLeft(transform(ear.frame.direction, fitted.zero))
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

function canalPlanes(ear: EarFinding, space: EarSpace): NamedPlane[] {
  const { superior } = fitCanals(space)
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
function inWorld({ frame: { origin, direction } }: EarFinding, point: Vector3): Vector3 {
  return add(origin, transform(direction, point))
}
