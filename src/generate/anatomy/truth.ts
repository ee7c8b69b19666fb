import { parts } from '../../core/anatomy.ts'
import { applyAffine, geometryAround, voxelVolume } from '../../core/geometry/geometry.ts'
import { type Circle, fitCircle } from '../../core/math/fit-circle.ts'
import { identity3, subtract, transform, type Vector3 } from '../../core/math/vector.ts'
import type { EarFrame } from '../../ear/ear-frame.ts'
import { createCanvas } from '../canvas.ts'
import { ellipsoidDistance } from './distance.ts'
import { nearestPart, rasteriseLabyrinth } from './labyrinth.ts'
import type { LabyrinthShape } from './shape.ts'
import { type TrueCochlea, trueCochlea } from './true-cochlea.ts'

/** A labyrinth's measurements as its parametric shape has them: no scan and no label map is involved. */
export interface LabyrinthTruth {
  /** mm³ by label number; 0 is empty. */
  readonly volumes: readonly number[]
  readonly cochlea: TrueCochlea
  /** Unit vector, base to apex. */
  readonly modiolarAxis: Vector3
  /** Circles through the canals' centrelines outside the vestibule, mm. */
  readonly canals: Readonly<Record<'superior' | 'posterior' | 'lateral', Circle>>
}

/** @returns directions and places in the ear frame */
export function truthOf(shape: LabyrinthShape): LabyrinthTruth {
  return {
    volumes: trueVolumes(shape),
    cochlea: trueCochlea(shape),
    modiolarAxis: shape.modiolarAxis.direction,
    canals: {
      superior: trueCanal(shape, 0, [0.69, -0.73, 0]),
      posterior: trueCanal(shape, 1, [0.69, 0.73, 0]),
      lateral: trueCanal(shape, 2, [0, 0, 1])
    }
  }
}

/** The same truth with directions and places in LPS. */
export function truthInWorld(truth: LabyrinthTruth, { direction, origin }: EarFrame): LabyrinthTruth {
  const circle = ({ center, normal, radius }: Circle): Circle => ({
    center: applyAffine({ matrix: direction, offset: origin }, center),
    normal: transform(direction, normal),
    radius
  })
  const { superior, posterior, lateral } = truth.canals
  return {
    ...truth,
    modiolarAxis: transform(direction, truth.modiolarAxis),
    canals: { superior: circle(superior), posterior: circle(posterior), lateral: circle(lateral) }
  }
}

function trueCanal({ canals, vestibule }: LabyrinthShape, canal: number, towards: Vector3): Circle {
  const centers = (canals[canal] ?? []).map(({ center }) => center)
  const isFree = (place: Vector3): boolean =>
    vestibule.every((body) => ellipsoidDistance(body, ...subtract(place, body.center)) > 0)
  return fitCircle(centers.filter(isFree), towards)
}

/** Edge (mm) of the cells the shape is integrated over; those its wall cuts are counted in part. */
const cell = 0.1

function trueVolumes(shape: LabyrinthShape): number[] {
  const geometry = geometryAround([0, -0.4, 1.1], [170, 190, 180], [cell, cell, cell], identity3)
  const field = rasteriseLabyrinth(createCanvas(geometry, { origin: [0, 0, 0], direction: identity3 }), shape, 0.65)
  const volumes = [0, ...parts.map(() => 0)]
  for (let at = 0; at < field.whole.length; at++) {
    const share = Math.min(1, 0.5 - (field.whole[at] as number) / cell)
    if (share <= 0) continue
    const label = nearestPart(field, at)
    volumes[label] = (volumes[label] as number) + Math.fround(share) * voxelVolume(geometry)
  }
  return volumes
}
