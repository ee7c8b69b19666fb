import { applyAffine, cropGeometry, type Geometry, indexFromWorld } from '../../core/geometry/geometry.ts'
import type { Random } from '../../core/math/random.ts'
import type { Vector3 } from '../../core/math/vector.ts'
import { createCanvas, forEachVoxel } from '../canvas.ts'
import { type BoneParameters, shapeOf } from '../ear.ts'
import { rasteriseTemporalBone } from '../tissue/temporal-bone.ts'

/** Where in the ear frame (mm) the rasteriser of temporal bones has more detail than that of heads, and how soon it ends. */
const known = { center: [2, -3, -3], semiAxes: [23, 23, 20], fade: 7 } as const

/** Half the edge (mm) of a box that holds all of it however the ear is turned. */
const reach = 36

/** Rasterises a temporal bone into a head; around it the two are blended. */
export function setBone(geometry: Geometry, field: Float32Array, bone: BoneParameters, random: Random): void {
  const { start, size } = boxAround(geometry, bone.frame.origin)
  if (Math.min(...size) <= 0) return
  const box = cropGeometry(geometry, start, size)
  const rasterised = rasteriseTemporalBone(box, bone, shapeOf(bone), bone.surroundings, bone.hasEar, random)
  const [nx, ny] = geometry.size
  forEachVoxel(createCanvas(box, bone.frame), null, (voxel, x, y, z) => {
    const share = knownShare(x, y, z)
    if (share <= 0) return
    const row = Math.floor(voxel / size[0])
    const [i, j, k] = [voxel % size[0], row % size[1], Math.floor(row / size[1])]
    const at = start[0] + i + nx * (start[1] + j + ny * (start[2] + k))
    const old = field[at] as number
    field[at] = old + share * ((rasterised[voxel] as number) - old)
  })
}

/** 1 well inside the known region, 0 outside. */
function knownShare(x: number, y: number, z: number): number {
  const { center, semiAxes, fade } = known
  const [dx, dy, dz] = [x - center[0], y - center[1], z - center[2]]
  const [sx, sy, sz] = [dx / semiAxes[0], dy / semiAxes[1], dz / semiAxes[2]]
  const level = Math.sqrt(sx * sx + sy * sy + sz * sz)
  if (level >= 1) return 0
  const depth = Math.sqrt(dx * dx + dy * dy + dz * dz) * (1 / Math.max(level, 1e-6) - 1)
  const t = Math.min(1, depth / fade)
  return t * t * (3 - 2 * t)
}

function boxAround(geometry: Geometry, place: Vector3): { start: Vector3; size: Vector3 } {
  const middle = applyAffine(indexFromWorld(geometry), place)
  const low = (axis: 0 | 1 | 2): number => Math.max(0, Math.floor(middle[axis] - reach / geometry.spacing[axis]))
  const high = (axis: 0 | 1 | 2): number =>
    Math.min(geometry.size[axis], Math.ceil(middle[axis] + reach / geometry.spacing[axis]) + 1)
  const start: Vector3 = [low(0), low(1), low(2)]
  return { start, size: [high(0) - start[0], high(1) - start[1], high(2) - start[2]] }
}
