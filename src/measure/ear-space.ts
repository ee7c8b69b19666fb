import { type PartId, parts } from '../core/anatomy.ts'
import {
  type Affine,
  applyAffine,
  composeAffine,
  indexFromWorld,
  invertAffine,
  voxelIndex
} from '../core/geometry/geometry.ts'
import { smooth } from '../core/image/filter.ts'
import type { Vector3 } from '../core/math/vector.ts'
import type { EarFrame } from '../ear/ear-frame.ts'
import type { MeasuredEar } from './measured-ear.ts'

/**
 * An ear's occupancy in the ear's own frame (mm), where a left ear looks like a right one: measuring here need not
 * distinguish sides, and lengths and angles are those of the world.
 */
export interface EarSpace {
  /** From a place in the ear's frame to a continuous voxel index. */
  readonly indexFromEar: Affine
  readonly size: Vector3
  /** The cochlea's shares of voxels, blurred a little so that a wall lies between voxels and has a direction. */
  readonly cochlea: Float32Array
  /** The centres of voxels half of which, blurred as much, belong to the semicircular canals. */
  readonly canals: readonly Vector3[]
}

/** SD of the blur in mm: about the steps of a label map's wall; it moves a wall of 1 mm radius by 0.01 mm. */
const blur = 0.15

/** The spaces of occupancies, which are blurred once for all that is measured of them; they go with the occupancies. */
const known = new WeakMap<MeasuredEar['occupancy'], { readonly frame: EarFrame; readonly space: EarSpace }>()

/** The same space again for the same occupancy and frame. */
export function createEarSpace({ frame, occupancy }: Pick<MeasuredEar, 'frame' | 'occupancy'>): EarSpace {
  const before = known.get(occupancy)
  if (before?.frame === frame) return before.space
  const space = blurredSpace(frame, occupancy)
  known.set(occupancy, { frame, space })
  return space
}

function blurredSpace(frame: EarFrame, occupancy: MeasuredEar['occupancy']): EarSpace {
  const { geometry } = occupancy
  const worldFromEar: Affine = { matrix: frame.direction, offset: frame.origin }
  const indexFromEar = composeAffine(indexFromWorld(geometry), worldFromEar)
  const [x, y, z] = geometry.spacing
  const share = (id: PartId): Float32Array => {
    const part = occupancy.parts[parts.findIndex((candidate) => candidate.id === id)] as Float32Array
    return smooth(part, geometry.size, [blur / x, blur / y, blur / z])
  }
  return {
    indexFromEar,
    size: geometry.size,
    cochlea: share('cochlea'),
    canals: innerPlaces(share('semicircular_canals'), geometry.size, invertAffine(indexFromEar))
  }
}

function innerPlaces(shares: Float32Array, size: Vector3, earFromIndex: Affine): Vector3[] {
  const places: Vector3[] = []
  for (let at = 0; at < shares.length; at++) {
    if ((shares[at] as number) >= 0.5) places.push(applyAffine(earFromIndex, voxelIndex(size, at)))
  }
  return places
}

/** The cochlea's share at a place in the ear's frame, trilinear; 0 outside the grid. */
function shareAt(
  { indexFromEar: { matrix: m, offset: o }, size, cochlea: data }: EarSpace,
  px: number,
  py: number,
  pz: number
): number {
  // Not taken apart as a list, which costs more than all the rest.
  const nx = size[0]
  const ny = size[1]
  const x = m[0] * px + m[1] * py + m[2] * pz + o[0]
  const y = m[3] * px + m[4] * py + m[5] * pz + o[1]
  const z = m[6] * px + m[7] * py + m[8] * pz + o[2]
  const i = Math.floor(x)
  const j = Math.floor(y)
  const k = Math.floor(z)
  if (i < 0 || j < 0 || k < 0 || i + 1 >= nx || j + 1 >= ny || k + 1 >= size[2]) return 0
  const at = i + nx * (j + ny * k)
  const next = at + nx * ny
  const u = x - i
  const v = y - j
  const near = between(data, at, u) * (1 - v) + between(data, at + nx, u) * v
  const far = between(data, next, u) * (1 - v) + between(data, next + nx, u) * v
  return near * (1 - (z - k)) + far * (z - k)
}

function between(data: Float32Array, at: number, share: number): number {
  return (data[at] as number) * (1 - share) + (data[at + 1] as number) * share
}

/** How far a place is inside the cochlea, as a share: positive inside, 0 at the wall. */
export function insideCochlea(space: EarSpace): (x: number, y: number, z: number) => number {
  return (x, y, z) => shareAt(space, x, y, z) - 0.5
}
