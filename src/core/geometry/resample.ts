import type { Vector3 } from '../math/vector.ts'
import type { Volume, VoxelArray } from '../volume.ts'
import {
  type Affine,
  applyAffine,
  boundsUnder,
  createGeometry,
  type Geometry,
  indexFromIndex,
  voxelCount,
  worldFromIndex
} from './geometry.ts'

/**
 * A volume on another grid, by trilinear interpolation; where the target is coarser, whole source voxels are averaged
 * first so that fine detail does not alias. Outside the source the result is `outside`, but for less than one target
 * voxel around it, where the border's value may be repeated.
 */
export function resample(volume: Volume, target: Geometry, outside: number): Volume<Float32Array> {
  const source = shrinkTowards(volume, target)
  const result = new Float32Array(voxelCount(target))
  sampleGrid(indexFromIndex(target, source.geometry), target.size, source, outside, result)
  return { geometry: target, data: result }
}

/**
 * Trilinear samples of `source` at the continuous source indices `map` gives each index of a grid of `size`, written
 * to `result`. A sample more than half a voxel beyond the outermost voxel centres is `outside`.
 */
export function sampleGrid(map: Affine, size: Vector3, source: Volume, outside: number, result: Float32Array): void {
  const { data } = source
  const [nx, ny, nz] = source.geometry.size
  const [dx, dy, dz] = [map.matrix[0], map.matrix[3], map.matrix[6]]
  const plane = nx * ny
  let out = 0
  for (let k = 0; k < size[2]; k++) {
    for (let j = 0; j < size[1]; j++) {
      let [x, y, z] = applyAffine(map, [0, j, k])
      for (let i = 0; i < size[0]; i++, x += dx, y += dy, z += dz, out++) {
        if (x < -0.5 || y < -0.5 || z < -0.5 || x > nx - 0.5 || y > ny - 0.5 || z > nz - 0.5) {
          result[out] = outside
          continue
        }
        const cx = Math.max(0, Math.min(x, nx - 1))
        const cy = Math.max(0, Math.min(y, ny - 1))
        const cz = Math.max(0, Math.min(z, nz - 1))
        const x0 = Math.floor(cx)
        const y0 = Math.floor(cy)
        const z0 = Math.floor(cz)
        const fx = cx - x0
        const fy = cy - y0
        const fz = cz - z0
        const base = x0 + nx * y0 + plane * z0
        const stepX = x0 + 1 < nx ? 1 : 0
        const stepY = y0 + 1 < ny ? nx : 0
        const stepZ = z0 + 1 < nz ? plane : 0
        const c00 = mix(data, base, stepX, fx)
        const c10 = mix(data, base + stepY, stepX, fx)
        const c01 = mix(data, base + stepZ, stepX, fx)
        const c11 = mix(data, base + stepY + stepZ, stepX, fx)
        const c0 = c00 + (c10 - c00) * fy
        result[out] = c0 + (c01 + (c11 - c01) * fy - c0) * fz
      }
    }
  }
}

function mix(data: VoxelArray, at: number, step: number, fraction: number): number {
  const a = data[at] as number
  return a + ((data[at + step] as number) - a) * fraction
}

/**
 * Averages blocks of whole voxels, as many along each axis as fit into the target's spacing, over the part of the
 * volume the target covers.
 */
function shrinkTowards(volume: Volume, target: Geometry): Volume {
  const { geometry } = volume
  const finest = Math.min(...target.spacing)
  const factor = geometry.spacing.map((mm) => Math.max(1, Math.floor(finest / mm + 1e-6)))
  if (factor.every((n) => n === 1)) return volume
  const { start, end } = coveredBox(geometry, target)
  const size = start.map((from, axis) => Math.ceil(((end[axis] as number) - from) / (factor[axis] as number)))
  if (size.some((n) => n <= 0)) return volume
  return averageBlocks(
    volume,
    start,
    [factor[0] as number, factor[1] as number, factor[2] as number],
    [size[0] as number, size[1] as number, size[2] as number]
  )
}

/** The box of source voxels [start, end) that the target grid touches, one voxel around it included. */
function coveredBox(source: Geometry, target: Geometry): { start: Vector3; end: Vector3 } {
  const map = indexFromIndex(target, source)
  const [x, y, z] = target.size
  const { low, high } = boundsUnder(map, [-0.5, -0.5, -0.5], [x - 0.5, y - 0.5, z - 0.5])
  const start = (axis: 0 | 1 | 2): number => Math.max(0, Math.floor(low[axis]) - 1)
  const end = (axis: 0 | 1 | 2): number => Math.min(source.size[axis], Math.ceil(high[axis]) + 2)
  return { start: [start(0), start(1), start(2)], end: [end(0), end(1), end(2)] }
}

/** Means of factor[0] × factor[1] × factor[2] blocks; blocks cut by the border average what is there. */
function averageBlocks(volume: Volume, start: Vector3, factor: Vector3, size: Vector3): Volume<Float32Array> {
  const { geometry, data } = volume
  const [nx, ny, nz] = geometry.size
  const result = new Float32Array(size[0] * size[1] * size[2])
  let out = 0
  for (let k = 0; k < size[2]; k++) {
    const [z0, z1] = [start[2] + k * factor[2], Math.min(nz, start[2] + (k + 1) * factor[2])]
    for (let j = 0; j < size[1]; j++) {
      const [y0, y1] = [start[1] + j * factor[1], Math.min(ny, start[1] + (j + 1) * factor[1])]
      for (let i = 0; i < size[0]; i++) {
        const [x0, x1] = [start[0] + i * factor[0], Math.min(nx, start[0] + (i + 1) * factor[0])]
        let sum = 0
        for (let z = z0; z < z1; z++) {
          for (let y = y0; y < y1; y++) {
            const line = nx * (y + ny * z)
            for (let x = x0; x < x1; x++) sum += data[line + x] as number
          }
        }
        result[out++] = sum / ((x1 - x0) * (y1 - y0) * (z1 - z0))
      }
    }
  }
  const shift: Vector3 = [
    start[0] + (factor[0] - 1) / 2,
    start[1] + (factor[1] - 1) / 2,
    start[2] + (factor[2] - 1) / 2
  ]
  const spacing: Vector3 = [
    geometry.spacing[0] * factor[0],
    geometry.spacing[1] * factor[1],
    geometry.spacing[2] * factor[2]
  ]
  const shrunk = createGeometry({ ...geometry, size, spacing, origin: applyAffine(worldFromIndex(geometry), shift) })
  return { geometry: shrunk, data: result }
}
