import { radians } from '../../core/math/angle.ts'
import type { CochlearFrame } from '../../ear/cochlear-coordinates.ts'
import { cupulaHeight, type Inside, lateralWall } from './cochlear-wall.ts'

/** Sizes of a cochlea in mm; undefined where the wall they end at is not seen. */
export interface CochlearSize {
  readonly a: number | undefined
  readonly b: number | undefined
  readonly height: number | undefined
}

/**
 * A: from the round window through the axis to the far wall (Escudé et al. 2006); B: across it through the axis, wall to
 * wall; H: along the axis from the lateral wall at 180° to the cupula. A and B are taken in projection along the axis.
 * @param roundWindowRadius distance of the round window's centre from the axis, mm
 */
export function measureCochlea(inside: Inside, frame: CochlearFrame, roundWindowRadius: number): CochlearSize {
  const wall = (angle: number) => lateralWall(inside, frame, radians(angle))
  const [far, first, second, top] = [wall(180), wall(90), wall(270), cupulaHeight(inside, frame)]
  return {
    a: far && roundWindowRadius + far.radius,
    b: first && second && first.radius + second.radius,
    height: far && top !== undefined ? top - far.height : undefined
  }
}
