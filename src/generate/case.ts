import type { EarFrame } from '../core/ear-frame.ts'
import { type Geometry, geometryAround, voxelCount } from '../core/geometry.ts'
import { createRandom, type Random } from '../core/random.ts'
import { identity3, type Matrix3, multiply, rotationAbout, type Vector3 } from '../core/vector.ts'
import type { Volume } from '../core/volume.ts'
import { type BoneParameters, drawBone, earsOf, type GeneratedEar, labelsOfEar, shapeOf } from './ear.ts'
import type { CaseOptions } from './options.ts'
import { drawPose } from './pose.ts'
import { acquire } from './scanner/acquire.ts'
import { drawProtocol, type Protocol } from './scanner/protocol.ts'
import { paintTemporalBone } from './tissue/temporal-bone.ts'

/** Everything drawn for a case: the same parameters give the same case. */
export interface CaseParameters {
  readonly seed: number
  readonly index: number
  /** The temporal bones in the scan. */
  readonly bones: readonly BoneParameters[]
  readonly protocol: Protocol
  readonly geometry: Geometry
}

/** A generated scan and its truth. */
export interface GeneratedCase {
  readonly parameters: CaseParameters
  readonly scan: Volume<Int16Array>
  /** None, one, or a head's two. */
  readonly ears: readonly GeneratedEar[]
  /** True label numbers on any grid, of all ears together. */
  labels(geometry: Geometry): Uint8Array
}

/** Streams of random numbers, so that a change in one part of a case leaves the others as they were. */
const stream = {
  pose: 1,
  shape: 2,
  protocol: 3,
  tissue: 4,
  noise: 5,
  field: 6,
  content: 7,
  texture: 8,
  shear: 9
} as const

/** SD of the tangent of what is left of a gantry's tilt. */
const gantryTilt = 0.06

/** Case `index` of a seed. */
export function generateCase(seed: number, index: number, options: CaseOptions): GeneratedCase {
  return renderCase(drawCase(seed, index, options))
}

/** Draws all that distinguishes one case from another. */
export function drawCase(seed: number, index: number, options: CaseOptions): CaseParameters {
  const random = streamsOf(seed, index)
  const frame = drawPose(random('pose'), options.anyOrientation)
  const protocol = drawProtocol(random('protocol'), options.finest, options.scanners)
  return {
    seed,
    index,
    bones: [{ ...drawBone(random, frame, options), ...drawShear(random('shear'), options.sheared) }],
    protocol,
    geometry: drawField(random('field'), frame, protocol, options.field)
  }
}

/** The case that drawn parameters describe; its textures and noise follow from the seed and the index among them. */
export function renderCase(parameters: CaseParameters): GeneratedCase {
  const { seed, index, bones, geometry, protocol } = parameters
  const random = streamsOf(seed, index)
  const ears = bones.flatMap(earsOf)
  const [bone] = bones as [BoneParameters]
  const { surroundings, hasEar } = bone
  const densities = paintTemporalBone(geometry, bone, shapeOf(bone), surroundings, hasEar, random('texture'))
  return {
    parameters,
    scan: acquire(geometry, densities, protocol, random('noise')),
    ears,
    labels: (grid) => labelsOfEars(ears, grid)
  }
}

function labelsOfEars(ears: readonly GeneratedEar[], geometry: Geometry): Uint8Array {
  const labels = new Uint8Array(voxelCount(geometry))
  for (const ear of ears) {
    for (const [at, label] of labelsOfEar(ear, geometry).entries()) if (label !== 0) labels[at] = label
  }
  return labels
}

function streamsOf(seed: number, index: number): (part: keyof typeof stream) => Random {
  return (part) => createRandom(seed, index, stream[part])
}

/** A gantry that leaned towards the feet or the head, in slices stacked as if it had not: y follows z. */
function drawShear(random: Random, share: number): { shear?: Matrix3 } {
  if (!random.chance(share)) return {}
  return { shear: [1, 0, 0, 0, 1, random.clippedNormal(0, gantryTilt, 2.5), 0, 0, 1] }
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
