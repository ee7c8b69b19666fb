import type { EarFrame } from '../core/ear-frame.ts'
import { applyAffine, type Geometry } from '../core/geometry.ts'
import type { DefinedLandmark } from '../core/landmark.ts'
import type { Random } from '../core/random.ts'
import { unionReach } from './anatomy/distance.ts'
import { drawLabyrinth, labelsOf } from './anatomy/labyrinth.ts'
import { type Malformation, malform } from './anatomy/malform.ts'
import { createShape, drawShapeParameters, type LabyrinthShape, type ShapeParameters } from './anatomy/shape.ts'
import { type LabyrinthTruth, truthInWorld, truthOf } from './anatomy/truth.ts'
import { createCanvas } from './canvas.ts'
import type { CaseOptions } from './options.ts'
import { drawSurroundings, type Surroundings } from './tissue/surroundings.ts'

/** Everything drawn of one temporal bone, but for the textures' grains. */
export interface BoneParameters {
  /** Pose of the ear, or of the place left for one in a bone without. */
  readonly frame: EarFrame
  readonly hasEar: boolean
  readonly shape: ShapeParameters
  /** Never drawn, only asked for: ordinary ears have none. */
  readonly malformation?: Malformation
  readonly surroundings: Surroundings
}

/** A generated ear: its true pose, shape and measurements. */
export interface GeneratedEar {
  readonly frame: EarFrame
  /** In the ear frame. */
  readonly shape: LabyrinthShape
  /** Helicotrema, oval window, round window in LPS mm. */
  readonly landmarks: readonly DefinedLandmark[]
  /** True measurements, in LPS; null of a malformed ear. */
  measurements(): LabyrinthTruth | null
}

/** Draws the bone that lies in `frame`; its ear, its shape and its tissues each have a stream of their own. */
export function drawBone(
  random: (part: 'content' | 'shape' | 'tissue') => Random,
  frame: EarFrame,
  { withoutEar, malformation }: Pick<CaseOptions, 'withoutEar' | 'malformation'>
): BoneParameters {
  const shape = drawShapeParameters(random('shape'))
  return {
    frame,
    hasEar: !random('content').chance(withoutEar),
    shape,
    ...(malformation !== undefined && { malformation }),
    surroundings: drawSurroundings(random('tissue'), createShape(shape))
  }
}

/** The shape of a bone's labyrinth, or of the one that would be there. */
export function shapeOf({ shape, malformation }: BoneParameters): LabyrinthShape {
  const ordinary = createShape(shape)
  return malformation === undefined ? ordinary : malform(ordinary, malformation)
}

/** The ear in a bone, if it has one. */
export function earsOf(bone: BoneParameters): GeneratedEar[] {
  if (!bone.hasEar) return []
  const { frame, malformation } = bone
  const shape = shapeOf(bone)
  return [
    {
      frame,
      shape,
      landmarks: placeLandmarks(shape, frame),
      measurements: () => (malformation === undefined ? truthInWorld(truthOf(shape), frame) : null)
    }
  ]
}

/** The true label numbers of one ear on any grid. */
export function labelsOfEar({ frame, shape }: GeneratedEar, geometry: Geometry): Uint8Array {
  const canvas = createCanvas(geometry, frame)
  return labelsOf(drawLabyrinth(canvas, shape, Math.max(2 * canvas.edge, unionReach)))
}

/** A shape's landmarks in the world. */
function placeLandmarks(shape: LabyrinthShape, frame: EarFrame): DefinedLandmark[] {
  const place = (id: DefinedLandmark['id'], point: LabyrinthShape['helicotrema']): DefinedLandmark => ({
    id,
    status: 'defined',
    confidence: 1,
    position: applyAffine({ matrix: frame.direction, offset: frame.origin }, point)
  })
  return [
    place('helicotrema', shape.helicotrema),
    place('oval_window', shape.ovalWindow),
    place('round_window', shape.roundWindow)
  ]
}
