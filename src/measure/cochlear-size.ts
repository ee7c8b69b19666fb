import { distance } from '../core/vector.ts'
import { radians } from './angle.ts'
import { type CochlearFrame, placeOf } from './cochlear-coordinates.ts'
import { cupulaHeight, type Inside, lateralWall } from './cochlear-wall.ts'

/** Sizes of a cochlea in mm; undefined where the wall they end at is not seen. */
export interface CochlearSize {
  readonly a: number | undefined
  readonly b: number | undefined
  readonly height: number | undefined
  /** Along the lateral wall of the basal turn, from the round window's angle through 360°. */
  readonly basalTurn: number | undefined
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
    height: far && top !== undefined ? top - far.height : undefined,
    basalTurn: basalTurnLength(inside, frame)
  }
}

const pathStep = 10

function basalTurnLength(inside: Inside, frame: CochlearFrame): number | undefined {
  let length = 0
  let before: ReturnType<typeof placeOf> | undefined
  for (let turned = 0; turned <= 360; turned += pathStep) {
    const angle = radians(turned)
    const wall = lateralWall(inside, frame, angle)
    if (wall === undefined) return undefined
    const place = placeOf(frame, { ...wall, angle })
    if (before !== undefined) length += distance(before, place)
    before = place
  }
  return length
}
