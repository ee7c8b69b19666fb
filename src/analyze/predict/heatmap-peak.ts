import { voxelIndex } from '../../core/geometry/geometry.ts'
import type { Vector3 } from '../../core/math/vector.ts'

/** A Gaussian bump in a heatmap. */
export interface Peak {
  /** Continuous voxel index (i, j, k). */
  readonly index: Vector3
  /** Amplitude of the Gaussian of unit height that fits best here (least squares). */
  readonly height: number
  /** Share of the map's strong response (above half the height) that lies within 3 sigma of here, 0 to 1. */
  readonly concentration: number
}

const settledVoxels = 1e-4
const maxMoves = 60

/**
 * The highest bump of a heatmap, located below voxel resolution: from the greatest voxel the centre of mass under a
 * Gaussian window is followed until it rests. For a Gaussian bump the resting place is its exact middle.
 * @param sigma of the bumps, in voxels
 * @param within voxels where the peak may start
 * @returns undefined where nothing is positive
 */
export function findPeak(heatmap: Float32Array, size: Vector3, sigma: number, within: Uint8Array): Peak | undefined {
  let start = -1
  let greatest = 0
  for (let at = 0; at < heatmap.length; at++) {
    if (within[at] === 0 || (heatmap[at] as number) <= greatest) continue
    start = at
    greatest = heatmap[at] as number
  }
  if (start < 0) return undefined
  let index = voxelIndex(size, start)
  for (let move = 0; move < maxMoves; move++) {
    const next = centerOfMass(heatmap, size, sigma, index)
    const moved = Math.max(...next.map((value, axis) => Math.abs(value - (index[axis] as number))))
    index = next
    if (moved < settledVoxels) break
  }
  const height = amplitude(heatmap, size, sigma, index)
  return { index, height, concentration: concentration(heatmap, size, sigma, index, height) }
}

function centerOfMass(heatmap: Float32Array, size: Vector3, sigma: number, about: Vector3): Vector3 {
  const sums = new Float64Array(4)
  forEachNear(size, sigma, about, (at, i, j, k, weight) => {
    const value = weight * Math.max(0, heatmap[at] as number)
    sums[0] = (sums[0] as number) + value
    sums[1] = (sums[1] as number) + value * i
    sums[2] = (sums[2] as number) + value * j
    sums[3] = (sums[3] as number) + value * k
  })
  const [mass, x, y, z] = sums as unknown as [number, ...Vector3]
  return mass > 0 ? [x / mass, y / mass, z / mass] : about
}

function amplitude(heatmap: Float32Array, size: Vector3, sigma: number, about: Vector3): number {
  let [product, square] = [0, 0]
  forEachNear(size, sigma, about, (at, _i, _j, _k, weight) => {
    product += weight * (heatmap[at] as number)
    square += weight * weight
  })
  return square > 0 ? product / square : 0
}

function concentration(heatmap: Float32Array, size: Vector3, sigma: number, about: Vector3, height: number): number {
  const strong = (at: number): number => ((heatmap[at] as number) > height / 2 ? (heatmap[at] as number) : 0)
  let [near, all] = [0, 0]
  for (let at = 0; at < heatmap.length; at++) all += strong(at)
  forEachNear(size, sigma, about, (at) => {
    near += strong(at)
  })
  return all > 0 ? near / all : 0
}

/** Visits the voxels within 3 sigma of a place along each axis with their Gaussian weight (1 at the place). */
function forEachNear(
  size: Vector3,
  sigma: number,
  about: Vector3,
  visit: (at: number, i: number, j: number, k: number, weight: number) => void
): void {
  const reach = 3 * sigma
  const low = (axis: 0 | 1 | 2): number => Math.max(0, Math.ceil(about[axis] - reach))
  const high = (axis: 0 | 1 | 2): number => Math.min(size[axis] - 1, Math.floor(about[axis] + reach))
  const [i0, i1, j0, j1, k0, k1] = [low(0), high(0), low(1), high(1), low(2), high(2)]
  const gaussian = (offset: number): number => Math.exp(-0.5 * (offset / sigma) ** 2)
  const alongRow = Float64Array.from({ length: Math.max(0, i1 - i0 + 1) }, (_, n) => gaussian(i0 + n - about[0]))
  for (let k = k0; k <= k1; k++) {
    for (let j = j0; j <= j1; j++) {
      const weight = gaussian(k - about[2]) * gaussian(j - about[1])
      const line = size[0] * (j + size[1] * k)
      for (let i = i0; i <= i1; i++) visit(line + i, i, j, k, weight * (alongRow[i - i0] as number))
    }
  }
}
