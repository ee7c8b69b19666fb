import type { EarFinding } from '../../src/analyze/findings.ts'
import {
  applyAffine,
  boundsUnder,
  createGeometry,
  cropGeometry,
  type Geometry,
  indexFromIndex,
  indexFromWorld,
  voxelCount,
  worldFromIndex
} from '../../src/core/geometry/geometry.ts'
import { column, fromColumns, scale, type Vector3 } from '../../src/core/math/vector.ts'
import type { Scan, Volume, VoxelArray } from '../../src/core/volume.ts'
import { encodeNifti } from '../../src/io/nifti/encode.ts'

/** How far around an ear's origin the page shows the scan, mm. */
const reach = 17

/**
 * The part of the scan around an ear, in two orders of the same voxels: as they lie in the scan, and as viewers want
 * them, with axes as near as can be to right, anterior and superior.
 */
export interface EarView {
  /** A box of the scan's voxels. */
  readonly box: Geometry
  /** The same voxels in the viewer's order. */
  readonly grid: Geometry
}

export function earView({ frame, labels }: EarFinding, scan: Geometry): EarView {
  const corner = (sign: number): Vector3 => [
    frame.origin[0] + sign * reach,
    frame.origin[1] + sign * reach,
    frame.origin[2] + sign * reach
  ]
  const around = boundsUnder(indexFromWorld(scan), corner(-1), corner(1))
  const held = boundsUnder(indexFromIndex(labels.geometry, scan), [0, 0, 0], lastOf(labels.geometry))
  const from = (axis: 0 | 1 | 2): number => Math.max(0, Math.round(Math.min(around.low[axis], held.low[axis])))
  const to = (axis: 0 | 1 | 2): number =>
    Math.min(scan.size[axis] - 1, Math.round(Math.max(around.high[axis], held.high[axis])))
  const start: Vector3 = [from(0), from(1), from(2)]
  const size: Vector3 = [to(0) - start[0] + 1, to(1) - start[1] + 1, to(2) - start[2] + 1]
  const box = cropGeometry(scan, start, size)
  return { box, grid: uprightGrid(box) }
}

/** The same voxels with axes permuted and turned round so that they run towards right, anterior and superior. */
export function uprightGrid(box: Geometry): Geometry {
  const towards = [
    [0, -1],
    [1, -1],
    [2, 1]
  ] as const
  const left = new Set([0, 1, 2] as const)
  const axes = towards.map(([world, sign]) => {
    const along = (axis: 0 | 1 | 2): number => column(box.direction, axis)[world]
    const best = [...left].reduce((a, b) => (Math.abs(along(b)) > Math.abs(along(a)) ? b : a))
    left.delete(best)
    return { axis: best, sign: Math.sign(along(best)) * sign < 0 ? -1 : 1 }
  }) as unknown as readonly [Turned, Turned, Turned]
  const [x, y, z] = axes
  const directionOf = ({ axis, sign }: Turned): Vector3 => scale(column(box.direction, axis), sign)
  const start: [number, number, number] = [0, 0, 0]
  for (const { axis, sign } of axes) if (sign < 0) start[axis] = box.size[axis] - 1
  return createGeometry({
    size: [box.size[x.axis], box.size[y.axis], box.size[z.axis]],
    spacing: [box.spacing[x.axis], box.spacing[y.axis], box.spacing[z.axis]],
    origin: applyAffine(worldFromIndex(box), start),
    direction: fromColumns(directionOf(x), directionOf(y), directionOf(z))
  })
}

interface Turned {
  readonly axis: 0 | 1 | 2
  readonly sign: 1 | -1
}

/** The voxels of one grid in the order of another whose voxels lie at the same places or around them. */
export function reordered<T extends VoxelArray>({ geometry, data }: Volume<T>, grid: Geometry, target: T): T {
  const {
    start,
    steps: [stepX, stepY, stepZ]
  } = orderOf(geometry, grid)
  let out = 0
  for (let z = 0; z < grid.size[2]; z++) {
    for (let y = 0; y < grid.size[1]; y++) {
      let from = start + y * stepY + z * stepZ
      for (let x = 0; x < grid.size[0]; x++, from += stepX) target[out++] = data[from] as number
    }
  }
  return target
}

/** Where in a volume's data another grid of the same voxels begins, and by how much its axes step through them. */
export function orderOf(volume: Geometry, grid: Geometry): { readonly start: number; readonly steps: Vector3 } {
  const map = indexFromIndex(grid, volume)
  const [nx, ny] = volume.size
  const at = ([i, j, k]: Vector3): number => Math.round(i) + nx * (Math.round(j) + ny * Math.round(k))
  const step = (axis: 0 | 1 | 2): number => at(column(map.matrix, axis))
  return { start: at(map.offset), steps: [step(0), step(1), step(2)] }
}

/** Directions of axes that run to right, anterior and superior, LPS. */
const straight = [-1, 0, 0, 0, -1, 0, 0, 0, 1] as const

/**
 * The scan around an ear as a NIfTI file in the viewer's order, in whole Hounsfield units. Its axes are written as straight: a viewer
 * would choose the order of axes that are turned by much for itself, and another one than `uprightGrid`. Where voxels lie, the grid says.
 */
export function encodeView(scan: Scan, { grid }: EarView): Uint8Array {
  const voxels = voxelCount(grid)
  const geometry = createGeometry({ ...grid, direction: straight })
  if (scan.data instanceof Int16Array) {
    return encodeNifti({ geometry, data: reordered({ ...scan, data: scan.data }, grid, new Int16Array(voxels)) })
  }
  const exact = reordered({ ...scan, data: scan.data }, grid, new Float32Array(voxels))
  const whole = new Int16Array(exact.map((value) => Math.max(-32768, Math.min(32767, Math.round(value)))))
  return encodeNifti({ geometry, data: whole })
}

/** The Hounsfield units in a file of `encodeView`, without a copy. */
export function viewValues(image: Uint8Array, grid: Geometry): Int16Array {
  const voxels = voxelCount(grid)
  return new Int16Array(image.buffer, image.byteOffset + image.byteLength - 2 * voxels, voxels)
}

function lastOf({ size: [i, j, k] }: Geometry): Vector3 {
  return [i - 1, j - 1, k - 1]
}
