import {
  type Affine,
  applyAffine,
  composeAffine,
  type Geometry,
  geometryAround,
  indexFromWorld,
  voxelCount,
  voxelIndex,
  withinGrid,
  worldFromIndex
} from '../../core/geometry/geometry.ts'
import { resample } from '../../core/geometry/resample.ts'
import { smooth } from '../../core/image/filter.ts'
import { clampedShareOf } from '../../core/image/grey-window.ts'
import { solve } from '../../core/math/least-squares.ts'
import { mean } from '../../core/math/mean.ts'
import { median, quantile } from '../../core/math/quantile.ts'
import { distance, identity3, rotationAbout, scale, subtract, transform, type Vector3 } from '../../core/math/vector.ts'
import type { Scan, Volume } from '../../core/volume.ts'

/** How one scan of a temporal bone lies in another. */
export interface BoneRegistration {
  /** A rotation and a shift from the first scan's world to the second's, LPS mm. */
  readonly map: Affine
  /** mm that edges of bone lie apart after it, along their gradients: what 75 % of them do not exceed. */
  readonly residual: number
  /** Of the two scans' values, at the edges of bone. */
  readonly correlation: number
}

/** mm around the middle that are compared, and mm from one sample to the next. */
const reach = 14
const step = 0.5

/** Edges of the grids that scans are sampled on, mm. */
const spacing = 0.4

/** Hounsfield units: denser is metal or the densest bone, less dense is air; what lies between is compared. */
const window = { low: -400, high: 2000 }

/** SD (mm) of the blur, from coarse to fine, and how often each is improved. */
const levels = [2, 1, 0.5]
const rounds = 12

/** An edge changes by this share of the window in a mm. */
const edge = 0.12

/** So many samples are enough. */
const most = 6000

interface Sampled {
  readonly grid: Geometry
  readonly data: Float32Array
}

/**
 * Registers two scans of one temporal bone by its bone: robust least squares of the blurred values at edges around a place, over a
 * rotation, a shift and a linear change of values (Gauss–Newton, from coarse to fine). What differs in the second scan, such as
 * metal, has little weight.
 * @param middle of the compared ball in the first scan, LPS mm
 * @param start about how the first scan lies in the second; within some 3 mm and 10°
 * @returns undefined where the scans have too little in common
 */
export function registerBone(first: Scan, second: Scan, middle: Vector3, start: Affine): BoneRegistration | undefined {
  const target = applyAffine(start, middle)
  const [here, there] = [sampled(first, middle), sampled(second, target)]
  let map = start
  let fit: Fit | undefined
  for (const sd of levels) {
    const [a, b] = [blurred(here, sd), blurred(there, sd)]
    const points = edgesOf(a, first, middle)
    for (let round = 0; round < rounds; round++) {
      fit = fitOnce(points, b, second.geometry, map, target)
      if (fit === undefined) return undefined
      map = composeAffine(fit.change, map)
      if (fit.moved < 0.002) break
    }
  }
  return fit && { map, residual: fit.residual, correlation: fit.correlation }
}

function sampled(scan: Scan, middle: Vector3): Sampled {
  const edgeVoxels = Math.ceil((2 * (reach + 4)) / spacing)
  const grid = geometryAround(middle, [edgeVoxels, edgeVoxels, edgeVoxels], [spacing, spacing, spacing], identity3)
  const clipped = { ...scan, data: new Float32Array(scan.data).map((value) => clampedShareOf(value, window)) }
  return { grid, data: resample(clipped, grid, 0).data }
}

function blurred({ grid, data }: Sampled, sd: number): Volume<Float32Array> {
  const voxels = sd / spacing
  return { geometry: grid, data: smooth(data, grid.size, [voxels, voxels, voxels]) }
}

interface Edge {
  readonly place: Vector3
  readonly value: number
}

/** Places of the ball within the scan where values change. */
function edgesOf(volume: Volume<Float32Array>, scan: Scan, middle: Vector3): Edge[] {
  const voxels = Math.round((2 * reach) / step)
  const grid = geometryAround(middle, [voxels, voxels, voxels], [step, step, step], identity3)
  const [toWorld, look, isSeen] = [worldFromIndex(grid), samplerOf(volume), withinGrid(scan.geometry)]
  const edges: Edge[] = []
  for (let at = 0; at < voxelCount(grid); at++) {
    const place = applyAffine(toWorld, voxelIndex(grid.size, at))
    if (distance(place, middle) > reach || !isSeen(place)) continue
    const { value, gradient } = look(place)
    if (Math.hypot(...gradient) > edge) edges.push({ place, value })
  }
  const every = Math.max(1, edges.length / most)
  return Array.from({ length: Math.floor(edges.length / every) }, (_, n) => edges[Math.floor(n * every)] as Edge)
}

interface Fit {
  readonly change: Affine
  /** mm that the ball's rim moves at most, about. */
  readonly moved: number
  readonly residual: number
  readonly correlation: number
}

/** Fewer edges than this say nothing. */
const least = 300

function fitOnce(
  edges: readonly Edge[],
  target: Volume<Float32Array>,
  scan: Geometry,
  map: Affine,
  about: Vector3
): Fit | undefined {
  const [look, isSeen] = [samplerOf(target), withinGrid(scan)]
  const seen = edges.flatMap(({ place, value }) => {
    const there = applyAffine(map, place)
    return isSeen(there) ? [{ before: value, arm: subtract(there, about), ...look(there) }] : []
  })
  if (seen.length < least) return undefined
  const line = lineThrough(seen)
  const misses = seen.map(({ before, value }) => value - line.gain * before - line.offset)
  const usual = 1.4826 * median(misses.map(Math.abs)) + 1e-4
  const { coefficients } = solve(
    seen.length,
    8,
    Float64Array.from(seen, ({ value }) => value),
    (n, row) => {
      const { before, arm, gradient } = seen[n] as (typeof seen)[number]
      // The value after a small turn and shift: v + ∇v · (ω × arm + t); the unknowns stand on the other side.
      row[0] = -(arm[1] * gradient[2] - arm[2] * gradient[1])
      row[1] = -(arm[2] * gradient[0] - arm[0] * gradient[2])
      row[2] = -(arm[0] * gradient[1] - arm[1] * gradient[0])
      row[3] = -gradient[0]
      row[4] = -gradient[1]
      row[5] = -gradient[2]
      row[6] = before
      row[7] = 1
      return 1 / (1 + ((misses[n] as number) / usual) ** 2)
    }
  )
  const [wx = 0, wy = 0, wz = 0, tx = 0, ty = 0, tz = 0] = coefficients
  const turn = Math.hypot(wx, wy, wz)
  const matrix = turn === 0 ? identity3 : rotationAbout(scale([wx, wy, wz], 1 / turn), turn)
  const turned = transform(matrix, about)
  const offset: Vector3 = [about[0] - turned[0] + tx, about[1] - turned[1] + ty, about[2] - turned[2] + tz]
  const apart = seen.flatMap(({ gradient }, n) => {
    const slope = Math.hypot(...gradient)
    return slope > edge ? [Math.abs(misses[n] as number) / slope] : []
  })
  return {
    change: { matrix, offset },
    moved: turn * reach + Math.hypot(tx, ty, tz),
    residual: apart.length < least / 2 ? Number.POSITIVE_INFINITY : quantile(apart, 0.75),
    correlation: line.correlation
  }
}

/** The line by which values of the second scan follow those of the first. */
function lineThrough(seen: readonly { readonly before: number; readonly value: number }[]) {
  const [x, y] = [mean(seen.map(({ before }) => before)), mean(seen.map(({ value }) => value))]
  const xx = mean(seen.map(({ before }) => (before - x) ** 2))
  const yy = mean(seen.map(({ value }) => (value - y) ** 2))
  const xy = mean(seen.map(({ before, value }) => (before - x) * (value - y)))
  const gain = xx === 0 ? 0 : xy / xx
  return { gain, offset: y - gain * x, correlation: xx * yy === 0 ? 0 : xy / Math.sqrt(xx * yy) }
}

/** Trilinear values and gradients (per mm) of a volume on an upright grid. */
function samplerOf({ geometry, data }: Volume<Float32Array>) {
  const toIndex = indexFromWorld(geometry)
  const [nx, ny, nz] = geometry.size
  const at = (i: number, j: number, k: number): number => data[i + nx * (j + ny * k)] as number
  return (place: Vector3): { readonly value: number; readonly gradient: Vector3 } => {
    const [x, y, z] = applyAffine(toIndex, place)
    const i = Math.max(0, Math.min(nx - 2, Math.floor(x)))
    const j = Math.max(0, Math.min(ny - 2, Math.floor(y)))
    const k = Math.max(0, Math.min(nz - 2, Math.floor(z)))
    const [u, v, w] = [clamped(x - i), clamped(y - j), clamped(z - k)]
    const mix = (a: number, b: number, share: number): number => a + share * (b - a)
    const [c00, c10] = [mix(at(i, j, k), at(i + 1, j, k), u), mix(at(i, j + 1, k), at(i + 1, j + 1, k), u)]
    const [c01, c11] = [
      mix(at(i, j, k + 1), at(i + 1, j, k + 1), u),
      mix(at(i, j + 1, k + 1), at(i + 1, j + 1, k + 1), u)
    ]
    const dx = mix(
      mix(at(i + 1, j, k) - at(i, j, k), at(i + 1, j + 1, k) - at(i, j + 1, k), v),
      mix(at(i + 1, j, k + 1) - at(i, j, k + 1), at(i + 1, j + 1, k + 1) - at(i, j + 1, k + 1), v),
      w
    )
    const dy = mix(c10 - c00, c11 - c01, w)
    const dz = mix(c01, c11, v) - mix(c00, c10, v)
    const value = mix(mix(c00, c10, v), mix(c01, c11, v), w)
    return { value, gradient: [dx / spacing, dy / spacing, dz / spacing] }
  }
}

function clamped(share: number): number {
  return Math.max(0, Math.min(1, share))
}
