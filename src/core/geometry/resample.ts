import type { Vector3 } from '../math/vector.ts'
import type { Volume, VoxelArray } from '../volume.ts'
import { averageAbout, type Lattice, type LatticeAxis } from './average-about.ts'
import { type Affine, applyAffine, boundsUnder, type Geometry, indexFromIndex, voxelCount } from './geometry.ts'

/** How far (in lattice steps) indices are off by arithmetic. */
const rounding = 1e-6

/** What samples outside a volume are: a value, or that of the volume's nearest voxel. */
export type Outside = number | 'nearest'

/**
 * A volume on another grid, by trilinear interpolation; where the target is coarser, whole source voxels are averaged
 * first so that fine detail does not alias. Outside the source the result is `outside`, but for less than one target
 * voxel around it, where the border's value may be repeated.
 */
export function resample(volume: Volume, target: Geometry, outside: Outside): Volume<Float32Array> {
  const source = shrinkTowards(volume, target)
  const result = new Float32Array(voxelCount(target))
  sampleGrid(indexFromIndex(target, source.geometry), target.size, source, outside, result)
  return { geometry: target, data: result }
}

/**
 * Trilinear samples of `source` at the continuous source indices `map` gives each index of a grid of `size`, written
 * to `result`. A sample more than half a voxel beyond the outermost voxel centres is `outside`.
 */
export function sampleGrid(map: Affine, size: Vector3, source: Volume, outside: Outside, result: Float32Array): void {
  const { data } = source
  const [nx, ny, nz] = source.geometry.size
  const [dx, dy, dz] = [map.matrix[0], map.matrix[3], map.matrix[6]]
  const plane = nx * ny
  let out = 0
  for (let k = 0; k < size[2]; k++) {
    for (let j = 0; j < size[1]; j++) {
      let [x, y, z] = applyAffine(map, [0, j, k])
      for (let i = 0; i < size[0]; i++, x += dx, y += dy, z += dz, out++) {
        const isOutside = x < -0.5 || y < -0.5 || z < -0.5 || x > nx - 0.5 || y > ny - 0.5 || z > nz - 0.5
        if (isOutside && outside !== 'nearest') {
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
 * Averages as many whole voxels along each axis as fit into the target's spacing, about the points of a lattice along
 * the source's axes that holds the target's first voxel. The lattice hangs on the target and on the voxels' size alone:
 * the same anatomy gives the same values however a scan is stored or cropped.
 */
function shrinkTowards(volume: Volume, target: Geometry): Volume {
  const { geometry } = volume
  const finest = Math.min(...target.spacing)
  const factor = (axis: 0 | 1 | 2): number => Math.max(1, Math.floor(finest / geometry.spacing[axis] + 1e-6))
  const factors: Vector3 = [factor(0), factor(1), factor(2)]
  if (factors.every((n) => n === 1)) return volume
  const lattice = latticeUnder(geometry, target, factors)
  return lattice.every(({ count }) => count > 0) ? averageAbout(volume, lattice) : volume
}

/** The points whose boxes hold some of the source, among those that the target's voxels lie between. */
function latticeUnder(source: Geometry, target: Geometry, factors: Vector3): Lattice {
  const map = indexFromIndex(target, source)
  const [x, y, z] = target.size
  const { low, high } = boundsUnder(map, [-0.5, -0.5, -0.5], [x - 0.5, y - 0.5, z - 0.5])
  const along = (axis: 0 | 1 | 2): LatticeAxis => {
    const factor = factors[axis]
    const anchor = map.offset[axis]
    // Boxes that end at the source's border hold nothing of it.
    const least = Math.max(-0.5 - factor / 2, low[axis] - factor)
    const greatest = Math.min(source.size[axis] - 0.5 + factor / 2, high[axis] + factor)
    const before = Math.ceil((anchor - least) / factor - rounding) - 1
    const after = Math.ceil((greatest - anchor) / factor - rounding) - 1
    return { first: anchor - before * factor, factor, count: before + after + 1 }
  }
  return [along(0), along(1), along(2)]
}
