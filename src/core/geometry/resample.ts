import type { Vector3 } from '../math/vector.ts'
import type { Volume, VoxelArray } from '../volume.ts'
import { averageAbout, type Lattice, type LatticeAxis } from './average-about.ts'
import {
  type Affine,
  applyAffine,
  boundsUnder,
  cropGeometry,
  type Geometry,
  indexFromIndex,
  voxelCount
} from './geometry.ts'

/** How far (in lattice steps) indices are off by arithmetic. */
const rounding = 1e-6

/** What samples outside a volume are: a value, or that of the volume's nearest voxel. */
export type Outside = number | 'nearest'

/**
 * A volume on another grid, by trilinear interpolation; along axes on which the target is coarser, the source is averaged
 * over a width that grows with the ratio first, so that fine detail does not alias. Onto a grid along the source's axes it
 * grows from nothing, without a jump. A turned grid is interpolated between averages that themselves lie between voxels: as
 * soon as it is coarser than the source, it is smoothed by one more linear interpolation, which takes up to 0.13 of the
 * amplitude of a wave of five voxels and 0.3 of one of three. The places of the averages depend only on the target, so that the same anatomy gives the
 * same values however a scan is stored; networks were trained on what this gives. Outside the source the result is
 * `outside`, but for less than one target voxel around it, where the border's value may be repeated.
 */
export function resample(volume: Volume, target: Geometry, outside: Outside): Volume<Float32Array> {
  const result = new Float32Array(voxelCount(target))
  const plane = target.size[0] * target.size[1]
  let from = 0
  for (const slab of slabsOf(target)) {
    const source = shrinkTowards(volume, target, slab)
    const part = result.subarray(from, from + plane * slab.size[2])
    sampleGrid(indexFromIndex(slab, source.geometry), slab.size, source, outside, part)
    from += part.length
  }
  return { geometry: target, data: result }
}

/** Approximate number of voxels in a slab, which limits the memory for averages. */
const slabVoxels = 2 ** 22

function slabsOf(grid: Geometry): Geometry[] {
  const [nx, ny, nz] = grid.size
  const depth = Math.max(1, Math.floor(slabVoxels / (nx * ny)))
  if (depth >= nz) return [grid]
  return Array.from({ length: Math.ceil(nz / depth) }, (_, n) =>
    cropGeometry(grid, [0, 0, n * depth], [nx, ny, Math.min(depth, nz - n * depth)])
  )
}

/**
 * Trilinear samples of `source` at the continuous source indices `map` gives each index of a grid of `size`, written
 * to `result`. A sample more than half a voxel beyond the outermost voxel centres is `outside`.
 * @param mask of the grid: where it is 0, `result` stays as it is
 */
export function sampleGrid(
  map: Affine,
  size: Vector3,
  source: Volume,
  outside: Outside,
  result: Float32Array,
  mask?: Uint8Array
): void {
  const step: Vector3 = [map.matrix[0], map.matrix[3], map.matrix[6]]
  const [, ny, nz] = source.geometry.size
  const isAligned = mask === undefined && step[1] === 0 && step[2] === 0
  let out = 0
  for (let k = 0; k < size[2]; k++) {
    for (let j = 0; j < size[1]; j++) {
      const first = applyAffine(map, [0, j, k])
      const [, y, z] = first
      if (isAligned && y >= 0 && z >= 0 && y < ny - 1 && z < nz - 1) {
        sampleAlignedRow(first, step[0], source, outside, result, out, out + size[0])
      } else sampleRow(first, step, source, outside, result, out, out + size[0], mask)
      out += size[0]
    }
  }
}

/** As `sampleGrid`, one row: `result` from `from` to before `end`. @param first continuous source index of its first sample */
function sampleRow(
  first: Vector3,
  step: Vector3,
  source: Volume,
  outside: Outside,
  result: Float32Array,
  from: number,
  end: number,
  mask: Uint8Array | undefined
): void {
  const { data } = source
  const [nx, ny, nz] = source.geometry.size
  const plane = nx * ny
  // Numbers for certain: of what might be something else, V8 makes an object at every step.
  let x = +first[0]
  let y = +first[1]
  let z = +first[2]
  const dx = +step[0]
  const dy = +step[1]
  const dz = +step[2]
  for (let out = from; out < end; out++, x += dx, y += dy, z += dz) {
    if (mask !== undefined && mask[out] === 0) continue
    if (x >= 0 && y >= 0 && z >= 0 && x < nx - 1 && y < ny - 1 && z < nz - 1) {
      // Whole parts as integers: a third faster than Math.floor, whose result is a double.
      const x0 = x | 0
      const y0 = y | 0
      const z0 = z | 0
      result[out] = trilinear(data, x0 + nx * y0 + plane * z0, 1, nx, plane, x - x0, y - y0, z - z0)
      continue
    }
    const isOutside = x < -0.5 || y < -0.5 || z < -0.5 || x > nx - 0.5 || y > ny - 0.5 || z > nz - 0.5
    if (isOutside && outside !== 'nearest') {
      result[out] = outside
      continue
    }
    const cx = Math.max(0, Math.min(x, nx - 1))
    const cy = Math.max(0, Math.min(y, ny - 1))
    const cz = Math.max(0, Math.min(z, nz - 1))
    const x0 = cx | 0
    const y0 = cy | 0
    const z0 = cz | 0
    const [stepX, stepY, stepZ] = [x0 < nx - 1 ? 1 : 0, y0 < ny - 1 ? nx : 0, z0 < nz - 1 ? plane : 0]
    result[out] = trilinear(data, x0 + nx * y0 + plane * z0, stepX, stepY, stepZ, cx - x0, cy - y0, cz - z0)
  }
}

/** As `sampleRow`, of a row that runs along the rows of `source`, between four of them. */
function sampleAlignedRow(
  [x, y, z]: Vector3,
  step: number,
  source: Volume,
  outside: Outside,
  result: Float32Array,
  from: number,
  end: number
): void {
  const { data } = source
  const [nx, ny] = source.geometry.size
  const plane = nx * ny
  const [i, j, k] = [Math.round(x), Math.round(y), Math.round(z)]
  const off = [x - i, y - j, z - k, (step - 1) * (end - from)]
  if (off.every((one) => Math.abs(one) < rounding) && i >= 0 && i + end - from <= nx) {
    // Averages about the target's own voxels need no interpolation.
    const start = i + nx * j + plane * k
    result.set(data.subarray(start, start + end - from), from)
    return
  }
  const [y0, z0] = [Math.floor(y), Math.floor(z)]
  const [fy, fz] = [y - y0, z - z0]
  const row = nx * y0 + plane * z0
  for (let out = from, at = +x; out < end; out++, at += step) {
    if ((at < -0.5 || at > nx - 0.5) && outside !== 'nearest') {
      result[out] = outside
      continue
    }
    const cx = Math.max(0, Math.min(at, nx - 1))
    const x0 = cx | 0
    result[out] = trilinear(data, row + x0, x0 < nx - 1 ? 1 : 0, nx, plane, cx - x0, fy, fz)
  }
}

/** Between eight voxels: that at `base`, and one step further along each axis. */
function trilinear(
  data: VoxelArray,
  base: number,
  stepX: number,
  stepY: number,
  stepZ: number,
  fx: number,
  fy: number,
  fz: number
): number {
  const c00 = mix(data, base, stepX, fx)
  const c10 = mix(data, base + stepY, stepX, fx)
  const c01 = mix(data, base + stepZ, stepX, fx)
  const c11 = mix(data, base + stepY + stepZ, stepX, fx)
  const c0 = c00 + (c10 - c00) * fy
  return c0 + (c01 + (c11 - c01) * fy - c0) * fz
}

function mix(data: VoxelArray, at: number, step: number, fraction: number): number {
  const a = data[at] as number
  return a + ((data[at + step] as number) - a) * fraction
}

/**
 * Averages the source over the target's spacing along each axis on which it is finer, about the points of a lattice along
 * the source's axes that holds the target's first voxel, as far as a slab of the target needs it. The lattice depends on the
 * target and on the voxels' size alone: the same anatomy gives the same values however a scan is stored or cropped.
 */
function shrinkTowards(volume: Volume, target: Geometry, slab: Geometry): Volume {
  const { geometry } = volume
  const finest = Math.min(...target.spacing)
  const ratio = (axis: 0 | 1 | 2): number => {
    const wanted = finest / geometry.spacing[axis]
    return wanted < 1 + rounding ? 1 : wanted
  }
  const ratios: Vector3 = [ratio(0), ratio(1), ratio(2)]
  if (ratios.every((one) => one === 1)) return volume
  const { offset } = indexFromIndex(target, geometry)
  // A slab beyond the source is nearest to voxels that other slabs lie between.
  const lattices = [slab, target].map((grid) => latticeUnder(geometry, grid, offset, ratios))
  const lattice = lattices.find((axes) => axes.every(({ count }) => count > 0))
  return lattice === undefined ? volume : averageAbout(volume, lattice)
}

/**
 * The points whose boxes hold some of the source, among those that the slab's voxels lie between.
 * @param through a continuous index of the source that is one of the points
 */
function latticeUnder(source: Geometry, slab: Geometry, through: Vector3, steps: Vector3): Lattice {
  const [x, y, z] = slab.size
  const map = indexFromIndex(slab, source)
  const { low, high } = boundsUnder(map, [-0.5, -0.5, -0.5], [x - 0.5, y - 0.5, z - 0.5])
  const along = (axis: 0 | 1 | 2): LatticeAxis => {
    const step = steps[axis]
    if (step === 1) return ownVoxels(source.size[axis], low[axis], high[axis])
    const anchor = through[axis]
    // Boxes that end at the source's border hold nothing of it.
    const least = Math.max(-0.5 - step / 2, low[axis] - step)
    const greatest = Math.min(source.size[axis] - 0.5 + step / 2, high[axis] + step)
    const before = Math.ceil((anchor - least) / step - rounding) - 1
    const after = Math.ceil((greatest - anchor) / step - rounding) - 1
    return { first: anchor - before * step, step, count: before + after + 1 }
  }
  return [along(0), along(1), along(2)]
}

/** The voxels of an axis along which nothing is averaged, as far as the target lies between them. */
function ownVoxels(size: number, low: number, high: number): LatticeAxis {
  const first = Math.max(0, Math.floor(low) - 1)
  return { first, step: 1, count: Math.min(size, Math.ceil(high) + 2) - first }
}
