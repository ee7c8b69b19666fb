import { applyAffine } from '../../core/geometry/geometry.ts'
import { transform } from '../../core/math/vector.ts'
import type { CochlearFrame, WallPlace } from '../../ear/cochlear-coordinates.ts'
import type { EarFrame } from '../../ear/ear-frame.ts'
import { expectedSection, expectedWall, type LumenSection } from '../../ear/tube-model.ts'
import type { MeasuredEar } from '../measured-ear.ts'
import type { PathPlace } from './cochlear-spiral.ts'
import { fitCochlea } from './fit-cochlea.ts'
import { whyNoTurns } from './turns-in-voxels.ts'

/** The lumen of the cochlea at one angle, in consensus coordinates (mm). */
export interface DuctSection extends LumenSection {
  /** Degrees from the round window, going on through the turns. */
  readonly angle: number
  /** Where the lateral wall is. */
  readonly wall: WallPlace
}

/** The lumen of a cochlea along its turns. */
export interface CochlearDuct {
  /** Consensus coordinates in LPS mm; height 0 and angle 0 are the round window's. Of a left ear it is left-handed. */
  readonly frame: CochlearFrame
  /** Distance of the round window's centre from the axis, mm. */
  readonly roundWindowRadius: number
  /** Every 10° from 0° and at the end. */
  readonly sections: readonly DuctSection[]
}

/**
 * The turns of an ear's cochlea as sections: the mean cochlea fitted to it, its lateral wall moved to where that is seen
 * (to 540°); the opposite wall stays the fitted one's.
 * @returns why there is none, as a text
 */
export function traceDuct(ear: MeasuredEar): CochlearDuct | string {
  const coarse = whyNoTurns(ear.voxelEdge)
  if (coarse !== undefined) return coarse
  const cochlea = fitCochlea(ear)
  if (typeof cochlea === 'string') return cochlea
  const spiral = cochlea.spiral()
  if (typeof spiral === 'string') return spiral
  const { frame, roundWindow } = cochlea
  const offset = roundWindow.map((mm, axis) => mm - (frame.axis.point[axis] as number))
  return {
    frame: inWorld(frame, ear.frame),
    roundWindowRadius: Math.hypot(...offset),
    sections: spiral.path.map((wall) => ({
      angle: wall.angle,
      wall: { radius: wall.radius, height: wall.height },
      ...reaching(wall, expectedSection(spiral.tube, wall.angle), expectedWall(spiral.tube, wall.angle).radius)
    }))
  }
}

/** A section whose lateral wall is moved to where it is seen. */
function reaching({ radius }: PathPlace, section: LumenSection, expected: number): LumenSection {
  const [rr, rh, hh] = section.shape
  const half = Math.sqrt(rr)
  const change = Math.max(-half, radius - expected) / 2
  const factor = (half + change) / half
  return { ...section, radius: section.radius + change, shape: [rr * factor * factor, rh * factor, hh] }
}

function inWorld({ axis, zero, quarter }: CochlearFrame, { origin, direction }: EarFrame): CochlearFrame {
  return {
    axis: {
      point: applyAffine({ matrix: direction, offset: origin }, axis.point),
      direction: transform(direction, axis.direction)
    },
    zero: transform(direction, zero),
    quarter: transform(direction, quarter)
  }
}
