import {
  applyAffine,
  centerOf,
  extentOf,
  type Geometry,
  geometryAround,
  indexFromWorld
} from '../../core/geometry/geometry.ts'
import type { Random } from '../../core/math/random.ts'
import {
  add,
  column,
  dot,
  type Matrix3,
  multiply,
  norm,
  normalize,
  rotationAbout,
  scale,
  subtract,
  transform,
  type Vector3
} from '../../core/math/vector.ts'
import { asDentalProtocol } from '../scanner/dental-protocol.ts'
import type { DentalReconstruction } from '../scanner/protocol.ts'
import type { Subject } from './subject.ts'

/** Voxel size (mm) of dental scans; scans that were coarser for their width stay so. */
const spacings = [0.2, 0.4] as const

/** Share of scans in which the head stands on its head, and of fields whose edge comes near the ears. */
const shares = { upsideDown: 0.3, cut: 0.75 } as const

/** Radius (mm) of the field, and how far behind the vestibule it ends: 1 to 10 mm behind the labyrinth. */
const field = { radius: [40, 85], behind: [9, 18] } as const

/** The same subject in a dental cone-beam scanner: its greys and noise, a field that ends close behind the ears. */
export function asDental(random: Random, subject: Subject, finest: number): Subject {
  const turned = random.chance(shares.upsideDown) ? turnedBy(subject, rotationAbout([1, 0, 0], Math.PI)) : subject
  const geometry = subject.body === null ? regridded(random, turned.geometry, finest) : turned.geometry
  const protocol = asDentalProtocol(random, subject.protocol, geometry.spacing)
  const isCut = random.chance(shares.cut) && turned.bones.length > 0
  const cylinder = isCut ? cylinderEndingBehind(random, turned, geometry) : null
  const dental = { ...(protocol.dental as DentalReconstruction), cylinder }
  return { ...turned, geometry, protocol: { ...protocol, dental } }
}

/** The same field in cubic voxels of a dental scanner. */
function regridded(random: Random, geometry: Geometry, finest: number): Geometry {
  const mm = Math.max(finest, random.uniform(...spacings))
  const size = extentOf(geometry).map((edge) => Math.max(1, Math.round(edge / mm))) as unknown as Vector3
  return geometryAround(centerOf(geometry), size, [mm, mm, mm], geometry.direction)
}

/** All of a subject, and the grid, turned about the world's origin. */
function turnedBy(subject: Subject, turn: Matrix3): Subject {
  const { bones, body, geometry } = subject
  const placed = <T extends { origin: Vector3; direction: Matrix3 }>(frame: T): T => ({
    ...frame,
    origin: transform(turn, frame.origin),
    direction: multiply(turn, frame.direction)
  })
  return {
    ...subject,
    bones: bones.map(({ shear: _, ...bone }) => ({ ...bone, frame: placed(bone.frame) })),
    body: body === null ? null : { ...body, pose: placed(body.pose) },
    geometry: { ...geometry, origin: turnedOrigin(geometry, turn) }
  }
}

/** Origin of the grid that keeps its axes when its middle is turned about the world's origin. */
function turnedOrigin(geometry: Geometry, turn: Matrix3): Vector3 {
  const middle = centerOf(geometry)
  return add(geometry.origin, subtract(transform(turn, middle), middle))
}

/** A cylinder along k that holds the ears and ends `field.behind` mm behind their vestibules, in voxels of the grid. */
function cylinderEndingBehind(
  random: Random,
  { bones }: Subject,
  geometry: Geometry
): NonNullable<DentalReconstruction['cylinder']> {
  const across = column(geometry.direction, 2)
  const flat = (vector: Vector3): Vector3 => subtract(vector, scale(across, dot(vector, across)))
  const origins = bones.map(({ frame }) => frame.origin)
  const middle = scale(
    origins.reduce((sum, origin) => add(sum, origin), [0, 0, 0] as Vector3),
    1 / origins.length
  )
  const half = norm(flat(subtract(origins[0] as Vector3, middle)))
  const [{ frame }] = bones as readonly [Subject['bones'][number], ...Subject['bones']]
  // Scanners are set to the teeth: the field's middle lies in front of the ears, of a single one to the middle too.
  const aside = bones.length === 1 ? random.uniform(-0.9, 0.1) : random.uniform(-0.1, 0.1)
  const forwards = add(column(frame.direction, 1), scale(column(frame.direction, 0), aside))
  const inPlane = flat(forwards)
  const towards = normalize(norm(inPlane) < 0.2 ? column(geometry.direction, 0) : inPlane)
  const radius = Math.max(half + field.behind[1] + 5, random.uniform(...field.radius))
  const reach = radius - random.uniform(...field.behind)
  const place = add(middle, scale(towards, Math.sqrt(Math.max(0, reach * reach - half * half))))
  const [i, j] = applyAffine(indexFromWorld(geometry), place)
  return { middle: [i, j], radius }
}
