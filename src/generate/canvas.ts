import {
  type Affine,
  composeAffine,
  type Geometry,
  invertAffine,
  voxelCount,
  worldFromIndex
} from '../core/geometry/geometry.ts'
import { identity3, type Matrix3, multiply, type Vector3 } from '../core/math/vector.ts'
import type { EarFrame } from '../ear/ear-frame.ts'

/** A box in the ear frame, mm. */
export interface Box {
  readonly low: Vector3
  readonly high: Vector3
}

/**
 * A grid in the world seen from an ear: fields are rasterised on it by giving, for places in the ear frame (mm), a signed
 * distance (mm, negative inside).
 */
export interface Canvas {
  readonly geometry: Geometry
  /** Voxel index → ear frame, mm. */
  readonly earFromIndex: Affine
  readonly indexFromEar: Affine
  /** Edge length (mm) over which a boundary blends, the mean voxel size: partial volume. */
  readonly edge: number
}

/** @param shear by which the grid shows what lies in the frame, about the frame's origin */
export function createCanvas(
  geometry: Geometry,
  frame: Pick<EarFrame, 'origin' | 'direction'>,
  shear: Matrix3 = identity3
): Canvas {
  const earFromWorld = invertAffine({ matrix: multiply(shear, frame.direction), offset: frame.origin })
  const earFromIndex = composeAffine(earFromWorld, worldFromIndex(geometry))
  const [x, y, z] = geometry.spacing
  return { geometry, earFromIndex, indexFromEar: invertAffine(earFromIndex), edge: Math.cbrt(x * y * z) }
}

/** A field that holds `value` everywhere. */
export function createField(canvas: Canvas, value: number): Float32Array {
  return new Float32Array(voxelCount(canvas.geometry)).fill(value)
}

/** What lies between two parallel planes: `low` to `high` (mm) along a normal from a point. */
export interface Slab {
  readonly point: Vector3
  readonly normal: Vector3
  readonly low: number
  readonly high: number
}

/** Every place. */
const unbounded: Slab = { point: [0, 0, 0], normal: [0, 0, 0], low: -1, high: 1 }

/**
 * Calls `visit(voxel, x, y, z)` with ear-frame places (mm) for every voxel whose centre may lie in the box, and in the
 * slab where one is given.
 */
export function forEachVoxel(
  canvas: Canvas,
  box: Box | null,
  visit: (voxel: number, x: number, y: number, z: number) => void,
  { point, normal, low, high }: Slab = unbounded
): void {
  const [nx, ny, nz] = canvas.geometry.size
  const { start, end } = box ? indexBounds(canvas, box) : { start: [0, 0, 0] as const, end: [nx, ny, nz] as const }
  const { matrix, offset } = canvas.earFromIndex
  /** How far along the normal one voxel of a row lies from the next, mm. */
  const slope = matrix[0] * normal[0] + matrix[3] * normal[1] + matrix[6] * normal[2]
  for (let k = start[2]; k < end[2]; k++) {
    for (let j = start[1]; j < end[1]; j++) {
      const row = nx * (j + ny * k)
      const bx = matrix[1] * j + matrix[2] * k + offset[0]
      const by = matrix[4] * j + matrix[5] * k + offset[1]
      const bz = matrix[7] * j + matrix[8] * k + offset[2]
      const along = (bx - point[0]) * normal[0] + (by - point[1]) * normal[1] + (bz - point[2]) * normal[2]
      let [first, last] = [start[0], end[0] - 1]
      if (slope !== 0) {
        const [a, b] = [(low - along) / slope, (high - along) / slope]
        first = Math.max(first, Math.floor(Math.min(a, b)))
        last = Math.min(last, Math.ceil(Math.max(a, b)))
      } else if (along < low || along > high) continue
      for (let i = first; i <= last; i++) {
        visit(row + i, bx + matrix[0] * i, by + matrix[3] * i, bz + matrix[6] * i)
      }
    }
  }
}

/**
 * Blends `value` into the field wherever `distance` (mm) is negative, softly over one voxel.
 * @param most the greatest share of a voxel that what is blended in can fill
 */
export function blend(
  canvas: Canvas,
  field: Float32Array,
  voxel: number,
  distance: number,
  value: number,
  most = 1
): void {
  const share = Math.min(most, 0.5 - distance / canvas.edge)
  if (share <= 0) return
  const old = field[voxel] as number
  field[voxel] = share >= 1 ? value : old + (value - old) * share
}

function indexBounds(canvas: Canvas, box: Box): { start: Vector3; end: Vector3 } {
  const { matrix, offset } = canvas.indexFromEar
  const range = (axis: 0 | 1 | 2): [number, number] => {
    let low = offset[axis]
    let high = low
    for (const column of [0, 1, 2] as const) {
      const factor = matrix[3 * axis + column] as number
      const [a, b] = [factor * box.low[column], factor * box.high[column]]
      low += Math.min(a, b)
      high += Math.max(a, b)
    }
    const size = canvas.geometry.size[axis]
    return [Math.max(0, Math.min(size, Math.ceil(low))), Math.max(0, Math.min(size, Math.floor(high) + 1))]
  }
  const [x, y, z] = [range(0), range(1), range(2)]
  return { start: [x[0], y[0], z[0]], end: [x[1], y[1], z[1]] }
}
