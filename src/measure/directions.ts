import { transform, type Vector3 } from '../core/math/vector.ts'
import { type CanalId, fitCanals } from './canals/canals.ts'
import { fitCochlea } from './cochlea/fit-cochlea.ts'
import { createEarSpace } from './ear-space.ts'
import type { MeasuredEar } from './measured-ear.ts'

/** Unit vectors in LPS; undefined where too little is seen. */
export interface EarDirections {
  /** From the cochlea's base to its apex. */
  readonly modiolarAxis: Vector3 | undefined
  /** Of the canals' planes, on the side of the mean ear's: the superior and posterior ones point laterally, the lateral one up. */
  readonly canalNormals: Readonly<Record<CanalId, Vector3 | undefined>>
}

/** Where an ear's modiolar axis and the normals of its canals' planes point. */
export function measureDirections(ear: MeasuredEar): EarDirections {
  const space = createEarSpace(ear)
  const cochlea = fitCochlea(ear)
  const { superior, posterior, lateral } = fitCanals(space)
  const inWorld = (direction: Vector3 | undefined): Vector3 | undefined =>
    direction && transform(ear.frame.direction, direction)
  return {
    modiolarAxis: typeof cochlea === 'string' ? undefined : inWorld(cochlea.frame.axis.direction),
    canalNormals: {
      superior: inWorld(superior?.normal),
      posterior: inWorld(posterior?.normal),
      lateral: inWorld(lateral?.normal)
    }
  }
}
