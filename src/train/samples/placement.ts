import { z } from 'zod'
import { applyAffine, type Geometry, geometryAround, worldFromIndex } from '../../core/geometry/geometry.ts'
import { reachesBeyond } from '../../core/geometry/half-space.ts'
import { radians } from '../../core/math/angle.ts'
import { type Random, randomDirection, randomRotation } from '../../core/math/random.ts'
import {
  add,
  identity3,
  type Matrix3,
  mirror,
  multiply,
  rotationAbout,
  transform,
  type Vector3
} from '../../core/math/vector.ts'
import type { EarFrame } from '../../ear/ear-frame.ts'
import { earPointIds } from '../../ear/mean-ear.ts'
import { expectedPoint, fitPoses } from '../../ear/pose.ts'
import type { TrainingCase } from '../cases/case-source.ts'

/** The grid of a sample is posed like the ear, with the errors the detector would make. */
const aroundEar = z.strictObject({
  frame: z.literal('ear'),
  rotation: z.number().min(0).max(90).default(6).describe('SD in degrees, about an axis of any direction'),
  translation: z.number().min(0).default(0.8).describe('SD in mm along each axis'),
  limit: z.number().positive().default(2.5).describe('SDs at which rotation and translation are cut'),
  wrongSide: z.number().min(0).max(1).default(0).describe('share of samples posed as an ear of the other side would be')
})

/** The grid of a sample keeps the axes of the world, as the detector's windows do; some are turned, as specimens may lie. */
const alongWorld = z.strictObject({
  frame: z.literal('LPS'),
  nearEar: z.number().min(0).max(1).default(0.8).describe('share of samples near the ear; others lie anywhere'),
  offset: z.number().min(0).default(14).describe('largest distance in mm of the middle from the ear, on each axis'),
  mirror: z.number().min(0).max(1).default(0.5).describe('share of samples mirrored across the x axis; swaps the side'),
  turned: z.number().min(0).max(1).default(0).describe('share of samples turned any way')
})

/** Where in a case the grid of a sample is laid. */
export const placementConfiguration = z.discriminatedUnion('frame', [aroundEar, alongWorld])
export type PlacementConfiguration = z.infer<typeof placementConfiguration>

/** The working grid in its frame: what network/metadata calls `grid`. */
export interface WorkingGrid {
  readonly size: Vector3
  /** mm, the same along all axes. */
  readonly spacing: number
  /** Middle of the grid in its frame, mm. */
  readonly center: Vector3
}

/** Draws the grid of one sample. */
export function samplePlacement(
  configuration: PlacementConfiguration,
  grid: WorkingGrid,
  trainingCase: TrainingCase,
  random: Random
): Geometry {
  const pose =
    configuration.frame === 'ear'
      ? poseLikeEar(configuration, grid, trainingCase, random)
      : poseInWorld(configuration, grid, trainingCase, random)
  return laid(grid, pose)
}

function laid({ size, spacing }: WorkingGrid, { center, direction }: Pose): Geometry {
  return geometryAround(center, size, [spacing, spacing, spacing], direction)
}

/** The same placement, each ear seen as the side it is, and as it lies. */
export function asTrueSide(configuration: PlacementConfiguration): PlacementConfiguration {
  return configuration.frame === 'ear' ? { ...configuration, wrongSide: 0 } : { ...configuration, mirror: 0, turned: 0 }
}

interface Pose {
  readonly center: Vector3
  readonly direction: Matrix3
}

/** The true pose of one of the ears with an error; any place and orientation in a case without an ear. */
function poseLikeEar(
  { rotation, translation, limit, wrongSide }: z.infer<typeof aroundEar>,
  grid: WorkingGrid,
  { frames, scan }: TrainingCase,
  random: Random
): Pose {
  const frame = pickFrame(frames, random)
  if (frame === undefined) return { center: anywhere(scan.geometry, random), direction: randomRotation(random) }
  const taken = random.chance(wrongSide) ? takenForOtherSide(frame) : frame
  const angle = radians(random.clippedNormal(0, rotation, limit))
  const turn = rotationAbout(randomDirection(random), angle)
  const direction = multiply(turn, taken.direction)
  const shift: Vector3 = [
    random.clippedNormal(0, translation, limit),
    random.clippedNormal(0, translation, limit),
    random.clippedNormal(0, translation, limit)
  ]
  return { center: add(taken.origin, transform(direction, add(grid.center, shift))), direction }
}

/** The frame an ear gets when it is taken for one of the other side: the mean ear, mirrored, laid onto its points. */
function takenForOtherSide(frame: EarFrame): EarFrame {
  const poses = fitPoses(new Map(earPointIds.map((id) => [id, expectedPoint(frame, id)])))
  return poses === undefined ? frame : poses[frame.side === 'left' ? 'right' : 'left'].frame
}

/** Places drawn for a grid that shows nothing hidden; of one that is too wide for that, a part stays empty. */
const mostTries = 50

function poseInWorld(
  { nearEar, offset, mirror: mirroredShare, turned }: z.infer<typeof alongWorld>,
  grid: WorkingGrid,
  { frames, scan, hidden }: TrainingCase,
  random: Random
): Pose {
  const frame = pickFrame(frames, random)
  const handed = random.chance(mirroredShare) ? mirror : identity3
  const direction = random.chance(turned) ? multiply(randomRotation(random), handed) : handed
  if (frame === undefined || !random.chance(nearEar)) {
    let pose = { center: anywhere(scan.geometry, random), direction }
    for (let tries = 1; tries < mostTries && showsHidden(pose, grid, hidden); tries++) {
      pose = { center: anywhere(scan.geometry, random), direction }
    }
    return pose
  }
  const shift: Vector3 = [
    random.uniform(-offset, offset),
    random.uniform(-offset, offset),
    random.uniform(-offset, offset)
  ]
  return { center: add(frame.origin, add(grid.center, shift)), direction }
}

function showsHidden(pose: Pose, grid: WorkingGrid, hidden: TrainingCase['hidden']): boolean {
  return hidden !== undefined && reachesBeyond(laid(grid, pose), hidden)
}

/** One of a case's ears; nothing is drawn where there is no choice. */
function pickFrame(frames: readonly EarFrame[], random: Random): EarFrame | undefined {
  return frames.length > 1 ? random.pick(frames) : frames[0]
}

/** A point (LPS mm) drawn uniformly in a grid. */
function anywhere(geometry: Geometry, random: Random): Vector3 {
  const index: Vector3 = [
    random.uniform(0, geometry.size[0] - 1),
    random.uniform(0, geometry.size[1] - 1),
    random.uniform(0, geometry.size[2] - 1)
  ]
  return applyAffine(worldFromIndex(geometry), index)
}
