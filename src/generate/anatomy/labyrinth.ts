import { partLabel } from '../../core/anatomy.ts'
import { type Box, type Canvas, createField, forEachVoxel } from '../canvas.ts'
import type { LabyrinthShape, Section, ShapeEllipsoid } from './shape.ts'

/** Signed distances (mm, negative inside) of the labyrinth's parts on a canvas, exact within `margin` of the walls. */
export interface LabyrinthField {
  readonly cochlea: Float32Array
  readonly vestibule: Float32Array
  readonly canals: Float32Array
  /** The smooth union of the parts. */
  readonly whole: Float32Array
}

/** Radius (mm) of the smooth union's blending, as fitted to real labyrinths. */
const blendRadius = 0.08

/** @param margin how far from the walls distances are wanted (mm); farther voxels hold this value */
export function drawLabyrinth(canvas: Canvas, shape: LabyrinthShape, margin: number): LabyrinthField {
  const cochlea = createField(canvas, margin)
  const vestibule = createField(canvas, margin)
  const canals = createField(canvas, margin)
  drawTube(canvas, cochlea, shape.cochlea, margin)
  for (const canal of shape.canals) drawTube(canvas, canals, canal, margin)
  for (const body of shape.vestibule) drawEllipsoid(canvas, vestibule, body, margin)
  const whole = createField(canvas, margin)
  for (let n = 0; n < whole.length; n++) {
    whole[n] = smoothUnion(cochlea[n] as number, vestibule[n] as number, canals[n] as number)
  }
  return { cochlea, vestibule, canals, whole }
}

/** Label numbers (core/anatomy): the vestibule where its bodies reach, else the nearest of the tubes. */
export function labelsOf(field: LabyrinthField): Uint8Array {
  const labels = new Uint8Array(field.whole.length)
  for (let n = 0; n < labels.length; n++) {
    if ((field.whole[n] as number) >= 0) continue
    if ((field.vestibule[n] as number) <= 0) labels[n] = partLabel.vestibule
    else
      labels[n] =
        (field.cochlea[n] as number) <= (field.canals[n] as number) ? partLabel.cochlea : partLabel.semicircular_canals
  }
  return labels
}

/** −k log Σ exp(−d/k) over three distances, computed only where two of them are near each other. */
function smoothUnion(a: number, b: number, c: number): number {
  const least = Math.min(a, b, c)
  const near = least + 8 * blendRadius
  if ((a < near ? 1 : 0) + (b < near ? 1 : 0) + (c < near ? 1 : 0) === 1) return least
  const sum =
    Math.exp((least - a) / blendRadius) + Math.exp((least - b) / blendRadius) + Math.exp((least - c) / blendRadius)
  return least - blendRadius * Math.log(sum)
}

/** Least radius of a centreline's bends, mm: the apical turn. */
const tightestBend = 1

/**
 * Lowers `field` to the distance from a tube of elliptic sections: |q| (1 − 1/|S⁻¹ q|) for the offset q in the nearest
 * sections' planes; the far end is closed by half an ellipsoid.
 */
function drawTube(canvas: Canvas, field: Float32Array, tube: readonly Section[], margin: number): void {
  tube.forEach((section, n) => {
    const { center, axisA, axisB, tangent, inverse, reach } = section
    const next = tube[n + 1] ?? (tube[n - 1] as Section)
    const step = Math.hypot(next.center[0] - center[0], next.center[1] - center[1], next.center[2] - center[2])
    const isEnd = n === tube.length - 1
    const radius = reach + margin
    forEachVoxel(canvas, boxAround(center, radius), (voxel, x, y, z) => {
      const [dx, dy, dz] = [x - center[0], y - center[1], z - center[2]]
      const along = dx * tangent[0] + dy * tangent[1] + dz * tangent[2]
      const a = dx * axisA[0] + dy * axisA[1] + dz * axisA[2]
      const b = dx * axisB[0] + dy * axisB[1] + dz * axisB[2]
      const offset = Math.sqrt(a * a + b * b)
      // Outside a bend sections fan out: neighbours are farther apart there than on the centreline.
      if (Math.abs(along) > step * (0.55 + offset / tightestBend) && !(isEnd && along > 0)) return
      const cap = isEnd && along > 0 ? along : 0
      const sa = inverse[0] * a + inverse[1] * b
      const sb = inverse[1] * a + inverse[2] * b
      const sc = cap / reach
      const level = Math.sqrt(sa * sa + sb * sb + sc * sc)
      const distance = level < 1e-6 ? -reach : Math.sqrt(offset * offset + cap * cap) * (1 - 1 / level)
      if (distance < (field[voxel] as number)) field[voxel] = distance
    })
  })
}

function drawEllipsoid(canvas: Canvas, field: Float32Array, body: ShapeEllipsoid, margin: number): void {
  const { center, inverse, reach } = body
  const [xx, yy, zz, xy, xz, yz] = inverse
  forEachVoxel(canvas, boxAround(center, reach + margin), (voxel, x, y, z) => {
    const [dx, dy, dz] = [x - center[0], y - center[1], z - center[2]]
    const level = length(xx * dx + xy * dy + xz * dz, xy * dx + yy * dy + yz * dz, xz * dx + yz * dy + zz * dz)
    const distance = level < 1e-6 ? -reach : length(dx, dy, dz) * (1 - 1 / level)
    if (distance < (field[voxel] as number)) field[voxel] = distance
  })
}

function boxAround([x, y, z]: readonly [number, number, number], radius: number): Box {
  return { low: [x - radius, y - radius, z - radius], high: [x + radius, y + radius, z + radius] }
}

/** Euclidean length; Math.hypot is many times slower. */
function length(x: number, y: number, z: number): number {
  return Math.sqrt(x * x + y * y + z * z)
}
