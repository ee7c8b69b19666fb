import { type Geometry, voxelCount } from '../core/geometry/geometry.ts'
import { createRandom, type Random } from '../core/math/random.ts'
import type { Volume } from '../core/volume.ts'
import { rasteriseBody } from './body/body.ts'
import { earsOf, type GeneratedEar, labelsOfEar, shapeOf } from './ear.ts'
import { setBone } from './head/set-bone.ts'
import { asDental } from './sample/dental.ts'
import type { CaseOptions } from './sample/options.ts'
import { type Subject, sampleEarless, sampleHeadSubject, sampleTemporalBone } from './sample/subject.ts'
import { acquire } from './scanner/acquire.ts'
import { rasteriseTemporalBone } from './tissue/temporal-bone.ts'

/** Everything sampled for a case: the same parameters give the same case. */
export interface CaseParameters extends Subject {
  readonly seed: number
  readonly index: number
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
  shear: 9,
  subject: 10,
  body: 11,
  malformation: 12,
  windows: 13,
  specimen: 14,
  dental: 15,
  electrode: 16
} as const

/** Case `index` of a seed. */
export function generateCase(seed: number, index: number, options: CaseOptions): GeneratedCase {
  return rasteriseCase(sampleCase(seed, index, options))
}

/** Samples all that distinguishes one case from another. */
export function sampleCase(seed: number, index: number, options: CaseOptions): CaseParameters {
  const random = streamsOf(seed, index)
  const subject = sampleSubject(random, options)
  const dental = random('dental')
  return { seed, index, ...(dental.chance(options.dental) ? asDental(dental, subject, options.finest) : subject) }
}

function sampleSubject(random: ReturnType<typeof streamsOf>, options: CaseOptions): Subject {
  const share = random('subject').uniform()
  if (share < options.heads) return sampleHeadSubject(random, options)
  if (share < options.heads + options.earless) return sampleEarless(random, options)
  return sampleTemporalBone(random, options)
}

/** The case that sampled parameters describe; its textures and noise follow from the seed and the index among them. */
export function rasteriseCase(parameters: CaseParameters): GeneratedCase {
  const { seed, index, bones, geometry, protocol } = parameters
  const ears = bones.flatMap(earsOf)
  return {
    parameters,
    scan: acquire(geometry, rasterise(parameters), protocol, streamsOf(seed, index)('noise')),
    ears,
    labels: (grid) => labelsOfEars(ears, grid)
  }
}

/** Hounsfield units of what is scanned. */
function rasterise({ seed, index, bones, body, geometry }: CaseParameters): Float32Array {
  const random = streamsOf(seed, index)('texture')
  const field = body === null ? new Float32Array(0) : rasteriseBody(geometry, body, random)
  for (const bone of bones) {
    if (body !== null) setBone(geometry, field, bone, random)
    else return rasteriseTemporalBone(geometry, bone, shapeOf(bone), bone.surroundings, bone.hasEar, random)
  }
  return field
}

function labelsOfEars(ears: readonly GeneratedEar[], geometry: Geometry): Uint8Array {
  const labels = new Uint8Array(voxelCount(geometry))
  for (const ear of ears) {
    labelsOfEar(ear, geometry).forEach((label, at) => {
      if (label !== 0) labels[at] = label
    })
  }
  return labels
}

/** @returns the stream of a part; the second temporal bone of a head has streams of its own */
function streamsOf(seed: number, index: number): (part: keyof typeof stream, bone?: 1) => Random {
  return (part, bone) => createRandom(seed, index, stream[part], ...(bone === undefined ? [] : [bone]))
}
