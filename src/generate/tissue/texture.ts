import type { Geometry } from '../../core/geometry/geometry.ts'
import { voxelCount } from '../../core/geometry/geometry.ts'
import { sampleGrid } from '../../core/geometry/resample.ts'
import { type Random, randomRotation } from '../../core/math/random.ts'
import { identity3, type Matrix3, scale, transform, type Vector3 } from '../../core/math/vector.ts'

/**
 * Smooth random texture on a grid: independent normal values on a randomly turned lattice, trilinear between.
 * @param feature lattice spacing, mm: the size of a typical blob
 * @returns one value per voxel, mean 0, SD about 0.6
 */
export function sampleTexture(geometry: Geometry, random: Random, feature: number): Float32Array {
  const { size, spacing } = geometry
  const rotation = randomRotation(random)
  const extent = Math.hypot(size[0] * spacing[0], size[1] * spacing[1], size[2] * spacing[2])
  const points = Math.ceil(extent / feature) + 3
  const lattice = new Float32Array(points ** 3)
  for (let n = 0; n < lattice.length; n++) lattice[n] = random.normal()
  const matrix = rotation.map(
    (cosine, cell) => (cosine * (spacing[cell % 3] as number)) / feature
  ) as unknown as Matrix3
  const middle = transform(matrix, scale(size, 0.5))
  const half = (points - 1) / 2
  const offset: Vector3 = [half - middle[0], half - middle[1], half - middle[2]]
  const latticeGeometry: Geometry = {
    size: [points, points, points],
    spacing: [1, 1, 1],
    origin: [0, 0, 0],
    direction: identity3
  }
  const texture = new Float32Array(voxelCount(geometry))
  sampleGrid({ matrix, offset }, size, { geometry: latticeGeometry, data: lattice }, 0, texture)
  return texture
}
