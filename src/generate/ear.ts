import { applyAffine, type Geometry } from '../core/geometry/geometry.ts'
import type { DefinedLandmark } from '../core/landmark.ts'
import type { Random } from '../core/math/random.ts'
import { identity3, type Matrix3, multiply } from '../core/math/vector.ts'
import type { EarFrame } from '../ear/ear-frame.ts'
import { createShape } from './anatomy/create-shape.ts'
import { unionReach } from './anatomy/distance.ts'
import { labelsOf, rasteriseLabyrinth } from './anatomy/labyrinth.ts'
import { type Malformation, malform, sampleMalformation } from './anatomy/malformed/malform.ts'
import type { LabyrinthShape } from './anatomy/shape.ts'
import { type LabyrinthTruth, truthInWorld, truthOf } from './anatomy/truth.ts'
import { createCanvas } from './canvas.ts'
import type { CaseOptions } from './sample/options.ts'
import { type ShapeParameters, sampleShapeParameters } from './sample/shape-parameters.ts'
import { type LaidElectrode, type SampledElectrode, sampleElectrode } from './tissue/electrode.ts'
import { malformSurroundings } from './tissue/malformed.ts'
import { asSpecimen } from './tissue/specimen.ts'
import { type Surroundings, sampleSurroundings } from './tissue/surroundings.ts'
import { openWindows } from './tissue/windows.ts'

/** Everything sampled of one temporal bone, but for the textures' grains. */
export interface BoneParameters {
  /** Pose of the ear, or of the place left for one in a bone without. */
  readonly frame: EarFrame
  /** Where the scan's grid shears what lies in it, about the frame's origin; absent in a true scan. */
  readonly shear?: Matrix3
  readonly hasEar: boolean
  readonly shape: ShapeParameters
  /** Ordinary ears have none. */
  readonly malformation?: Malformation
  readonly surroundings: Surroundings
  /** An array of the catalogue, its contacts in the ear frame. */
  readonly electrode?: LaidElectrode
}

/** A generated ear: its true pose, shape and measurements. */
export interface GeneratedEar {
  readonly frame: EarFrame
  readonly shear?: Matrix3
  readonly malformation?: Malformation
  /** In the ear frame. */
  readonly shape: LabyrinthShape
  /** Helicotrema, oval window, round window in LPS mm, but for those a malformed ear does not have. */
  readonly landmarks: readonly DefinedLandmark[]
  /** The array in it, its contacts in LPS mm. */
  readonly electrode?: LaidElectrode
  /** True measurements, in LPS; null of an ear that is malformed or sheared. */
  measurements(): LabyrinthTruth | null
}

/** Samples the bone that lies in `frame`; its ear, its shape and its tissues each have a stream of their own. */
export function sampleBone(
  random: (part: 'content' | 'shape' | 'malformation' | 'tissue' | 'windows' | 'specimen' | 'electrode') => Random,
  frame: EarFrame,
  options: Pick<
    CaseOptions,
    | 'withoutEar'
    | 'malformed'
    | 'malformation'
    | 'implanted'
    | 'specimens'
    | 'airFilled'
    | 'electrodes'
    | 'electrodeArray'
  >
): BoneParameters {
  const parameters = {
    shape: sampleShapeParameters(random('shape')),
    ...sampledMalformation(random('malformation'), options)
  }
  const { malformation } = parameters
  const shape = shapeOf(parameters)
  const closed = sampleSurroundings(random('tissue'), shape, options)
  const open = openWindows(random('windows'), shape, closed)
  const surroundings = open.specimen ? asSpecimen(random('specimen'), shape, open, options.airFilled) : open
  const bone = {
    frame,
    hasEar: !random('content').chance(options.withoutEar),
    ...parameters,
    surroundings: malformation === undefined ? surroundings : malformSurroundings(surroundings, malformation, shape)
  }
  const stream = random('electrode')
  if (malformation !== undefined || !stream.chance(options.electrodes ?? 0)) return bone
  return withElectrode(bone, sampleElectrode(stream, shape, options.electrodeArray))
}

/** A bone whose cochlea holds an array, and nothing else of metal. */
function withElectrode(bone: BoneParameters, { electrode, inclusions, metal }: SampledElectrode): BoneParameters {
  const densities = { ...bone.surroundings.densities, metal }
  return { ...bone, electrode, surroundings: { ...bone.surroundings, densities, implant: inclusions } }
}

function sampledMalformation(
  random: Random,
  { malformed, malformation }: Pick<CaseOptions, 'malformed' | 'malformation'>
): Pick<BoneParameters, 'malformation'> {
  if (malformation === undefined && !random.chance(malformed)) return {}
  return { malformation: sampleMalformation(random, malformation) }
}

/** The shape of a bone's labyrinth, or of the one that would be there. */
export function shapeOf({ shape, malformation }: Pick<BoneParameters, 'shape' | 'malformation'>): LabyrinthShape {
  const ordinary = createShape(shape)
  return malformation === undefined ? ordinary : malform(ordinary, malformation)
}

/** The ear in a bone, if it has one. */
export function earsOf(bone: BoneParameters): GeneratedEar[] {
  if (!bone.hasEar) return []
  const { frame, shear, malformation, electrode } = bone
  const shape = shapeOf(bone)
  const isTrue = malformation === undefined && shear === undefined
  return [
    {
      frame,
      ...(shear !== undefined && { shear }),
      ...(malformation !== undefined && { malformation }),
      shape,
      landmarks: placeLandmarks(shape, frame, shear),
      ...(electrode !== undefined && { electrode: electrodeInWorld(electrode, frame, shear) }),
      measurements: () => (isTrue ? truthInWorld(truthOf(shape), frame) : null)
    }
  ]
}

function electrodeInWorld(electrode: LaidElectrode, frame: EarFrame, shear = identity3): LaidElectrode {
  const placed = { matrix: multiply(shear, frame.direction), offset: frame.origin }
  const contacts = electrode.contacts.map((one) => ({ ...one, position: applyAffine(placed, one.position) }))
  return { ...electrode, contacts }
}

/** The true label numbers of one ear on any grid. */
export function labelsOfEar({ frame, shear, shape }: GeneratedEar, geometry: Geometry): Uint8Array {
  const canvas = createCanvas(geometry, frame, shear)
  return labelsOf(rasteriseLabyrinth(canvas, shape, Math.max(2 * canvas.edge, unionReach)))
}

/** A shape's landmarks in the world. */
function placeLandmarks(shape: LabyrinthShape, frame: EarFrame, shear = identity3): DefinedLandmark[] {
  const placed = { matrix: multiply(shear, frame.direction), offset: frame.origin }
  const place = (id: DefinedLandmark['id'], point: LabyrinthShape['helicotrema']): DefinedLandmark => ({
    id,
    status: 'defined',
    confidence: 1,
    position: applyAffine(placed, point)
  })
  return [
    place('helicotrema', shape.helicotrema),
    place('oval_window', shape.ovalWindow),
    place('round_window', shape.roundWindow)
  ].filter(({ id }) => !shape.absent?.includes(id))
}
