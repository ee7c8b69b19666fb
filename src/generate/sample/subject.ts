import type { Geometry } from '../../core/geometry/geometry.ts'
import { mean } from '../../core/math/mean.ts'
import type { Random } from '../../core/math/random.ts'
import { add, type Matrix3, transform, type Vector3 } from '../../core/math/vector.ts'
import { sampleAbdomen } from '../body/abdomen.ts'
import { type Body, sampleBodyTexture } from '../body/body.ts'
import { sampleKnee } from '../body/knee.ts'
import { samplePhantom } from '../body/phantom.ts'
import { sampleTissues } from '../body/tissues.ts'
import { type BoneParameters, sampleBone } from '../ear.ts'
import { type HeadPose, sampleHead, sampleHeadPose } from '../head/head.ts'
import { sampleCoarseProtocol } from '../scanner/coarse-protocol.ts'
import { type Protocol, sampleMetalScan, sampleProtocol } from '../scanner/protocol.ts'
import { type EarlessKind, earlessKinds } from './earless-kinds.ts'
import { cylinderHolds, sampleNarrowField, sampleWideField, type View } from './field.ts'
import type { CaseOptions } from './options.ts'
import { samplePose, sampleTurn } from './pose.ts'
import { related } from './related.ts'

/** What is scanned, and how. */
export interface Subject {
  /** One temporal bone; a head's two, right first; none in another part of the body. */
  readonly bones: readonly BoneParameters[]
  /** What lies around them, or all there is; null around a single temporal bone, whose rasteriser fills the scan. */
  readonly body: Body | null
  readonly protocol: Protocol
  readonly geometry: Geometry
}

/** One random stream for each part that is sampled; the second bone of a head has its own. */
export type SubjectRandom = (
  part:
    | 'pose'
    | 'shape'
    | 'protocol'
    | 'tissue'
    | 'field'
    | 'content'
    | 'shear'
    | 'body'
    | 'malformation'
    | 'windows'
    | 'specimen'
    | 'electrode',
  bone?: 1
) => Random

export function sampleTemporalBone(random: SubjectRandom, options: CaseOptions): Subject {
  const frame = samplePose(random('pose'), options.anyOrientation)
  const protocol = sampleProtocol(random('protocol'), options.finest, options.scanners)
  const bone = { ...sampleBone(random, frame, options), ...sampleShear(random('shear'), options.sheared) }
  const geometry = sampleNarrowField(random('field'), frame, protocol, options.field)
  const metal = bone.electrode === undefined ? {} : { metal: sampleMetalScan(random('electrode', 1)) }
  return { bones: [bone], body: null, protocol: { ...suited(protocol, [bone], geometry), ...metal }, geometry }
}

/** A specimen does not move, and no one reconstructs a cylinder that cuts off what the scan is for. */
function suited(protocol: Protocol, bones: readonly BoneParameters[], geometry: Geometry): Protocol {
  const ears = bones.map(({ frame }) => frame.origin)
  const isSpecimen = bones.some(({ surroundings }) => surroundings.specimen)
  return {
    ...protocol,
    motion: isSpecimen ? { ...protocol.motion, share: 0 } : protocol.motion,
    cylinder: protocol.cylinder && cylinderHolds(geometry, ears)
  }
}

/** SD of the tangent of a gantry's tilt that was not corrected. */
const gantryTilt = 0.06

/** A gantry that leaned towards the feet or the head, in slices stacked as if it had not: y follows z. */
function sampleShear(random: Random, share: number): { shear?: Matrix3 } {
  if (!random.chance(share)) return {}
  return { shear: [1, 0, 0, 0, 1, random.clippedNormal(0, gantryTilt, 2.5), 0, 0, 1] }
}

/** Share by which a sampled difference between the two ears of a head is reduced. */
const likeness = 0.75

/** A head with two temporal bones, from a slab around them to all of it. */
export function sampleHeadSubject(random: SubjectRandom, options: CaseOptions): Subject {
  const place = sampleHeadPose(random('pose'), options.anyOrientation)
  const [right, left] = sampleBothBones(random, place, options)
  const protocol = sampleCoarseProtocol(random('protocol'), options.finest)
  const view: View = {
    center: placeIn(place.pose, [0, -5, 5]),
    width: [130, 250],
    height: [40, 230],
    holds: [right.frame.origin, left.frame.origin]
  }
  const bones = [right, left]
  const geometry = sampleWideField(random('field'), view, protocol, options.maxVoxels)
  return {
    bones,
    body: sampleHeadAround(random, place, bones),
    protocol: suited(protocol, bones, geometry),
    geometry
  }
}

function sampleBothBones(
  random: SubjectRandom,
  { ears }: HeadPose,
  options: CaseOptions
): readonly [right: BoneParameters, left: BoneParameters] {
  const right = whole(sampleBone(random, ears.right, options))
  const own = whole(sampleBone((part) => random(part, 1), ears.left, options))
  const { densities } = right.surroundings
  return [
    right,
    {
      ...own,
      hasEar: right.hasEar,
      shape: related(own.shape, right.shape, likeness),
      surroundings: { ...related(own.surroundings, right.surroundings, likeness), densities }
    }
  ]
}

/** The bone in a head, not a block cut from one; what is sampled as a specimen becomes a dry skull. */
function whole(bone: BoneParameters): BoneParameters {
  const { surroundings } = bone
  return { ...bone, surroundings: { ...surroundings, bone: { ...surroundings.bone, block: null } } }
}

/** A head as wide as its temporal bones have their squamae, and of their tissues. */
function sampleHeadAround(random: SubjectRandom, place: HeadPose, bones: readonly BoneParameters[]): Body {
  const squamae = bones.map(({ surroundings }) => surroundings.bone.squama)
  const head = sampleHead(random('body'), place, mean(squamae))
  const { soft, fat, brain, cortex } = (bones[0] as BoneParameters).surroundings.densities
  const { tissues } = head
  return {
    ...head,
    tissues: {
      ...tissues,
      skin: { ...tissues.skin, mean: soft },
      fat: { ...tissues.fat, mean: fat },
      muscle: { ...tissues.muscle, mean: soft },
      brain: { ...tissues.brain, mean: brain },
      cortex: { ...tissues.cortex, mean: cortex }
    }
  }
}

export function sampleEarless(random: SubjectRandom, options: CaseOptions): Subject {
  const kind = random('content').pick(options.earlessKinds ?? earlessKinds)
  if (kind === 'skull phantom') return sampleHeadSubject(random, { ...options, withoutEar: 1 })
  const place = sampleHeadPose(random('pose'), options.anyOrientation)
  const protocol = sampleCoarseProtocol(random('protocol'), options.finest)
  const body = sampleEarlessBody(random, place, kind, options)
  const field = random('field')
  const view = { width: [60, 250], height: [40, 230], ...viewOf(kind, body.pose, field), holds: [] } as const
  return { bones: [], body, protocol, geometry: sampleWideField(field, view, protocol, options.maxVoxels) }
}

function sampleEarlessBody(random: SubjectRandom, place: HeadPose, kind: EarlessKind, options: CaseOptions): Body {
  const stream = random('body')
  if (kind === 'vertex' || kind === 'jaws') return { ...sampleHead(stream, place, 22), kind }
  const organs = { knee: sampleKnee, abdomen: sampleAbdomen, phantom: samplePhantom }
  const pose = { ...place.pose, direction: sampleTurn(random('pose'), options.anyOrientation) }
  return {
    kind,
    pose,
    tissues: sampleTissues(stream),
    texture: sampleBodyTexture(stream),
    organs: organs[kind as keyof typeof organs](stream)
  }
}

/** Where a scan of a kind looks. */
function viewOf(kind: EarlessKind, pose: Body['pose'], random: Random): Pick<View, 'center'> & Partial<View> {
  switch (kind) {
    case 'vertex':
      return { center: placeIn(pose, [0, 0, random.uniform(72, 95)]), width: [150, 250], height: [30, 70] }
    case 'jaws':
      return { center: placeIn(pose, [0, -35, -random.uniform(85, 110)]), width: [60, 200], height: [30, 80] }
    default:
      return { center: placeIn(pose, [random.uniform(-40, 40), random.uniform(-40, 20), random.uniform(-60, 60)]) }
  }
}

/** A place of a body's frame in LPS mm. */
function placeIn({ origin, direction }: Body['pose'], place: Vector3): Vector3 {
  return add(origin, transform(direction, place))
}
