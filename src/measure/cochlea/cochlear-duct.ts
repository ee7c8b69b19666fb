import { applyAffine } from '../../core/geometry/geometry.ts'
import { add, dot, scale, subtract, transform } from '../../core/math/vector.ts'
import { type CochlearFrame, createCochlearFrame, type WallPlace } from '../../ear/cochlear-coordinates.ts'
import { cupula } from '../../ear/cupula.ts'
import type { EarFrame } from '../../ear/ear-frame.ts'
import { meanAxis } from '../../ear/mean-axis.ts'
import { meanWall } from '../../ear/mean-spiral.ts'
import { expectedSection, expectedWall, type LumenSection, type TubeShape } from '../../ear/tube-model.ts'
import { landmarkPlaces } from '../landmark-places.ts'
import type { MeasuredEar } from '../measured-ear.ts'
import type { PathPlace } from './cochlear-spiral.ts'
import { fitCochlea } from './fit-cochlea.ts'
import { typicalTotalAngle } from './fit-tube.ts'
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

/** The mean cochlea, neither scaled nor shifted. */
const meanTube: TubeShape = {
  totalAngle: typicalTotalAngle,
  scale: 1,
  upperScale: 1,
  lift: 1,
  farHeight: meanWall(180).height,
  shift: [0, 0],
  apexShift: [0, 0],
  slant: [0, 0],
  hollow: cupula.depth.mean
}

/**
 * The mean cochlea about an ear's axis, from its round window: where its turns are to be expected that cannot be traced, as
 * under metal.
 * @returns why there is none, as a text
 */
export function expectedDuct(ear: MeasuredEar): CochlearDuct | string {
  const coarse = whyNoTurns(ear.voxelEdge)
  if (coarse !== undefined) return coarse
  const roundWindow = landmarkPlaces(ear).get('round_window')
  if (roundWindow === undefined) return 'the round window was not found'
  const { point, direction } = meanAxis
  const level = add(point, scale(direction, dot(subtract(roundWindow, point), direction)))
  const frame = createCochlearFrame({ point: level, direction }, roundWindow)
  const offset = subtract(roundWindow, frame.axis.point)
  const angles = Array.from({ length: Math.ceil(typicalTotalAngle / 10) }, (_, n) => 10 * n)
  return {
    frame: inWorld(frame, ear.frame),
    roundWindowRadius: Math.hypot(...offset),
    sections: [...angles, typicalTotalAngle].map((angle) => ({
      angle,
      wall: expectedWall(meanTube, angle),
      ...expectedSection(meanTube, angle)
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
