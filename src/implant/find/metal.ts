import { applyAffine, indexFromWorld, voxelVolume, worldFromIndex } from '../../core/geometry/geometry.ts'
import { quantile } from '../../core/math/quantile.ts'
import { add, cross, distance, normalize, scale, type Vector3 } from '../../core/math/vector.ts'
import type { Scan } from '../../core/volume.ts'

/** A scan interpolated trilinearly at a place in LPS mm; outside the scan the value is that of air. */
export type Densities = (x: number, y: number, z: number) => number

/** Metal around a cochlea. */
export interface Metal {
  /** HU at a place, LPS mm. */
  readonly at: Densities
  /** Densities above this (HU) are metal. */
  readonly threshold: number
  /** Volume of certain metal (`certainShare`) near the cochlea, mm³. */
  readonly volume: number
  /** Metal at a place, rising linearly from 0 at the threshold to 1 at the end of the 12-bit scale. */
  readonly share: Densities
}

/** The upper end of the 12-bit CT scale, HU. */
export const scaleEnd = 3071

/** Voxels from this density (HU), within this reach (mm) of the cochlea's middle, from which the threshold is derived. */
const bone = { from: 800, reach: 12 }

/** The threshold is this quantile of those densities, within these limits (HU). */
const thresholdQuantile = 0.98
const limits = { low: 2000, high: 2800 }

const outside = -1000

/** Voxels at or above this share of the range from the threshold to the end of the scale are certain to be metal. */
export const certainShare = 0.85

/** Whether this volume (mm³) around a place (LPS mm) may be certain metal: a fast check that rules out most ears. */
export function mayHoldMetal(scan: Scan, middle: Vector3, volume: number): boolean {
  const least = limits.low + certainShare * (scaleEnd - limits.low)
  return denseNear(scan, middle, least).length * voxelVolume(scan.geometry) >= volume
}

/** The metal around a place of the cochlea (LPS mm): voxels denser than nearly all bone there. */
export function metalAround(scan: Scan, middle: Vector3): Metal {
  const at = densitiesOf(scan)
  const dense = denseNear(scan, middle, bone.from)
  const bound = dense.length === 0 ? limits.low : quantile(dense, thresholdQuantile)
  const threshold = Math.min(limits.high, Math.max(limits.low, bound))
  const certain = dense.filter((value) => value >= threshold + certainShare * (scaleEnd - threshold)).length
  return metalAbove(threshold, at, certain * voxelVolume(scan.geometry))
}

/** What is denser than a threshold (HU) as metal. @param volume of certain metal, mm³ */
export function metalAbove(threshold: number, at: Densities, volume: number): Metal {
  const share: Densities = (x, y, z) => Math.min(1, Math.max(0, (at(x, y, z) - threshold) / (scaleEnd - threshold)))
  return { at, threshold, volume, share }
}

function densitiesOf({ geometry, data }: Scan): Densities {
  const { matrix: m, offset: o } = indexFromWorld(geometry)
  const [nx, ny, nz] = geometry.size
  const plane = nx * ny
  return (x, y, z) => {
    const i = m[0] * x + m[1] * y + m[2] * z + o[0]
    const j = m[3] * x + m[4] * y + m[5] * z + o[1]
    const k = m[6] * x + m[7] * y + m[8] * z + o[2]
    const [i0, j0, k0] = [Math.floor(i), Math.floor(j), Math.floor(k)]
    if (!(i0 >= 0 && j0 >= 0 && k0 >= 0 && i0 + 1 < nx && j0 + 1 < ny && k0 + 1 < nz)) return outside
    const [u, v, w] = [i - i0, j - j0, k - k0]
    const n = i0 + nx * j0 + plane * k0
    const row = (from: number): number => (data[from] as number) * (1 - u) + (data[from + 1] as number) * u
    const near = row(n) * (1 - v) + row(n + nx) * v
    const far = row(n + plane) * (1 - v) + row(n + nx + plane) * v
    return near * (1 - w) + far * w
  }
}

/** Densities (HU) of at least `least` near a place. */
function denseNear({ geometry, data }: Scan, middle: Vector3, least: number): number[] {
  const toWorld = worldFromIndex(geometry)
  const centre = applyAffine(indexFromWorld(geometry), middle)
  const [nx, ny] = geometry.size
  const reach = geometry.spacing.map((mm) => bone.reach / mm)
  const low = centre.map((index, axis) => Math.max(0, Math.ceil(index - (reach[axis] as number)))) as [
    number,
    number,
    number
  ]
  const high = centre.map((index, axis) =>
    Math.min((geometry.size[axis] as number) - 1, Math.floor(index + (reach[axis] as number)))
  ) as [number, number, number]
  const values: number[] = []
  for (let k = low[2]; k <= high[2]; k++) {
    for (let j = low[1]; j <= high[1]; j++) {
      for (let i = low[0]; i <= high[0]; i++) {
        const value = data[i + nx * (j + ny * k)] as number
        if (value < least || distance(applyAffine(toWorld, [i, j, k]), middle) > bone.reach) continue
        values.push(value)
      }
    }
  }
  return values
}

/** Grid spacing (mm) of the sums over discs. */
const grid = 0.075

/** Metal in a disc about a place, perpendicular to a direction (unit vector): mm², maximum share, and centroid, LPS mm. */
export function acrossOf(
  { share }: Pick<Metal, 'share'>,
  place: Vector3,
  direction: Vector3,
  radius: number
): { readonly mass: number; readonly peak: number; readonly centroid: Vector3 } {
  const [a, b] = across(direction)
  let [mass, peak, u, v] = [0, 0, 0, 0]
  for (let p = -radius; p <= radius + 1e-9; p += grid) {
    for (let q = -radius; q <= radius + 1e-9; q += grid) {
      if (p * p + q * q > radius * radius) continue
      const value = share(
        place[0] + p * a[0] + q * b[0],
        place[1] + p * a[1] + q * b[1],
        place[2] + p * a[2] + q * b[2]
      )
      mass += value
      peak = Math.max(peak, value)
      u += value * p
      v += value * q
    }
  }
  if (mass === 0) return { mass: 0, peak: 0, centroid: place }
  return { mass: mass * grid * grid, peak, centroid: add(place, add(scale(a, u / mass), scale(b, v / mass))) }
}

/** Mean density (HU) in a disc about a place, perpendicular to a direction (unit vector). */
export function densityAcross(at: Densities, place: Vector3, direction: Vector3, radius: number): number {
  const [a, b] = across(direction)
  let [sum, count] = [0, 0]
  for (let p = -radius; p <= radius + 1e-9; p += grid) {
    for (let q = -radius; q <= radius + 1e-9; q += grid) {
      if (p * p + q * q > radius * radius) continue
      sum += at(place[0] + p * a[0] + q * b[0], place[1] + p * a[1] + q * b[1], place[2] + p * a[2] + q * b[2])
      count++
    }
  }
  return sum / count
}

/** Two unit vectors perpendicular to a direction and to each other. */
export function across(direction: Vector3): readonly [Vector3, Vector3] {
  const [x, y, z] = direction.map(Math.abs) as [number, number, number]
  const other: Vector3 = x <= y && x <= z ? [1, 0, 0] : y <= z ? [0, 1, 0] : [0, 0, 1]
  const a = normalize(cross(direction, other))
  return [a, cross(direction, a)]
}
