import type { EarFrame } from '../core/ear-frame.ts'
import { applyAffine, type Geometry, geometryAround, voxelCount } from '../core/geometry.ts'
import type { DefinedLandmark } from '../core/landmark.ts'
import { createRandom, type Random } from '../core/random.ts'
import { identity3, type Matrix3, multiply, rotationAbout, type Vector3 } from '../core/vector.ts'
import type { Volume } from '../core/volume.ts'
import { unionReach } from './anatomy/distance.ts'
import { drawLabyrinth, labelsOf } from './anatomy/labyrinth.ts'
import { type Malformation, malform } from './anatomy/malform.ts'
import { createShape, drawShapeParameters, type LabyrinthShape, type ShapeParameters } from './anatomy/shape.ts'
import { type LabyrinthTruth, truthInWorld, truthOf } from './anatomy/truth.ts'
import { createCanvas } from './canvas.ts'
import type { CaseOptions } from './options.ts'
import { drawPose } from './pose.ts'
import { acquire } from './scanner/acquire.ts'
import { drawProtocol, type Protocol } from './scanner/protocol.ts'
import { drawSurroundings, type Surroundings } from './tissue/surroundings.ts'
import { paintTemporalBone } from './tissue/temporal-bone.ts'

/** Everything drawn for a case: the same parameters give the same case. */
export interface CaseParameters {
  readonly seed: number
  readonly index: number
  /** Pose of the ear, or of the place left for one in a case without. */
  readonly frame: EarFrame
  readonly hasEar: boolean
  readonly shape: ShapeParameters
  /** Never drawn, only asked for: ordinary cases have none. */
  readonly malformation?: Malformation
  readonly surroundings: Surroundings
  readonly protocol: Protocol
  readonly geometry: Geometry
}

/** A generated scan and its truth. */
export interface GeneratedCase {
  readonly parameters: CaseParameters
  readonly scan: Volume<Int16Array>
  /** The true pose; null in a case without an ear. */
  readonly frame: EarFrame | null
  /** Helicotrema, oval window, round window in LPS mm; none in a case without an ear. */
  readonly landmarks: readonly DefinedLandmark[]
  /** True label numbers on any grid. */
  labels(geometry: Geometry): Uint8Array
  /** True measurements, in LPS; null in a case without an ear or with a malformed one. */
  measurements(): LabyrinthTruth | null
}

/** Streams of random numbers, so that a change in one part of a case leaves the others as they were. */
const stream = { pose: 1, shape: 2, protocol: 3, tissue: 4, noise: 5, field: 6, content: 7, texture: 8 } as const

/** Case `index` of a seed. */
export function generateCase(seed: number, index: number, options: CaseOptions): GeneratedCase {
  return renderCase(drawCase(seed, index, options))
}

/** Draws all that distinguishes one case from another. */
export function drawCase(seed: number, index: number, options: CaseOptions): CaseParameters {
  const random = streamsOf(seed, index)
  const frame = drawPose(random('pose'), options.anyOrientation)
  const shape = drawShapeParameters(random('shape'))
  const protocol = drawProtocol(random('protocol'), options.finest)
  return {
    seed,
    index,
    frame,
    hasEar: !random('content').chance(options.withoutEar),
    shape,
    ...(options.malformation !== undefined && { malformation: options.malformation }),
    surroundings: drawSurroundings(random('tissue'), createShape(shape)),
    protocol,
    geometry: drawField(random('field'), frame, protocol, options.field)
  }
}

/** The case that drawn parameters describe; its textures and noise follow from the seed and the index among them. */
export function renderCase(parameters: CaseParameters): GeneratedCase {
  const { seed, index, frame, hasEar, geometry, protocol, surroundings } = parameters
  const random = streamsOf(seed, index)
  const shape = shapeOf(parameters)
  const densities = paintTemporalBone(geometry, frame, shape, surroundings, hasEar, random('texture'))
  return {
    parameters,
    scan: acquire(geometry, densities, protocol, random('noise')),
    frame: hasEar ? frame : null,
    landmarks: hasEar ? placeLandmarks(shape, frame) : [],
    labels: (grid) => {
      if (!hasEar) return new Uint8Array(voxelCount(grid))
      const canvas = createCanvas(grid, frame)
      return labelsOf(drawLabyrinth(canvas, shape, Math.max(2 * canvas.edge, unionReach)))
    },
    measurements: () => (hasEar && parameters.malformation === undefined ? truthInWorld(truthOf(shape), frame) : null)
  }
}

function shapeOf({ shape, malformation }: CaseParameters): LabyrinthShape {
  const ordinary = createShape(shape)
  return malformation === undefined ? ordinary : malform(ordinary, malformation)
}

function streamsOf(seed: number, index: number): (part: keyof typeof stream) => Random {
  return (part) => createRandom(seed, index, stream[part])
}

/** The scan's grid: around the ear but not centred on it, turned a little against the patient, axes in any sense. */
function drawField(random: Random, frame: EarFrame, protocol: Protocol, field: readonly [number, number]): Geometry {
  const edge = random.uniform(...field)
  const room = Math.max(0, edge / 2 - 12)
  const shift = (): number => random.uniform(-room, room)
  const center: Vector3 = [frame.origin[0] + shift(), frame.origin[1] + shift(), frame.origin[2] + shift()]
  const size = protocol.spacing.map((mm) => Math.round(edge / mm)) as unknown as Vector3
  const flip = (): number => (random.chance(0.3) ? -1 : 1)
  const axes: Matrix3 = [flip(), 0, 0, 0, flip(), 0, 0, 0, flip()]
  const tilt = random.chance(0.3) ? rotationAbout([1, 0, 0], random.clippedNormal(0, 0.15, 2.5)) : identity3
  return geometryAround(center, size, protocol.spacing, multiply(tilt, axes))
}

/** A shape's landmarks in the world. */
export function placeLandmarks(shape: LabyrinthShape, frame: EarFrame): DefinedLandmark[] {
  const place = (id: DefinedLandmark['id'], point: Vector3): DefinedLandmark => ({
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
