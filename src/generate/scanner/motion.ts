import type { Geometry } from '../../core/geometry/geometry.ts'
import { sampleGrid } from '../../core/geometry/resample.ts'
import { identity3, type Vector3 } from '../../core/math/vector.ts'
import type { Protocol } from './protocol.ts'

/** A patient who moved once: the mean of two images, weighted by the time spent in each place. */
export function blurByMotion(geometry: Geometry, densities: Float32Array, motion: Protocol['motion']): Float32Array {
  const { shift, share } = motion
  if (share === 0) return densities
  const voxels = shift.map((mm, axis) => mm / (geometry.spacing[axis] as number)) as unknown as Vector3
  const moved = new Float32Array(densities.length)
  const [nx, ny, nz] = geometry.size
  // What would come from outside the grid is repeated from its border.
  const held = (offset: number, size: number): number => Math.max(-(size - 1) / 2, Math.min((size - 1) / 2, offset))
  const offset: Vector3 = [held(voxels[0], nx), held(voxels[1], ny), held(voxels[2], nz)]
  sampleGrid({ matrix: identity3, offset }, geometry.size, { geometry, data: densities }, Number.NaN, moved)
  return densities.map((value, at) => {
    const other = moved[at] as number
    return Number.isNaN(other) ? value : value + share * (other - value)
  })
}
