import { partLabel } from '../../core/anatomy.ts'
import { type Box, type Canvas, createField, forEachVoxel } from '../canvas.ts'
import { ellipsoidDistance, farthestAlong, sectionDistance, smoothUnion, stepAt } from './distance.ts'
import { cochlearBodies, type LabyrinthShape, type Section, type ShapeEllipsoid } from './shape.ts'

/** Signed distances (mm, negative inside) of the labyrinth's parts on a canvas, exact within `margin` of the walls. */
export interface LabyrinthField {
  readonly cochlea: Float32Array
  readonly vestibule: Float32Array
  readonly canals: Float32Array
  /** The smooth union of the parts. */
  readonly whole: Float32Array
}

/** @param margin how far from the walls distances are wanted (mm); farther voxels hold this value */
export function rasteriseLabyrinth(canvas: Canvas, shape: LabyrinthShape, margin: number): LabyrinthField {
  const cochlea = createField(canvas, margin)
  const vestibule = createField(canvas, margin)
  const canals = createField(canvas, margin)
  rasteriseTube(canvas, cochlea, shape.cochlea, margin)
  for (const body of cochlearBodies(shape)) rasteriseEllipsoid(canvas, cochlea, body, margin)
  for (const canal of shape.canals) rasteriseTube(canvas, canals, canal, margin)
  for (const body of shape.vestibule) rasteriseEllipsoid(canvas, vestibule, body, margin)
  // Most of a canvas is far from all parts.
  const far = Math.fround(margin)
  const whole = createField(canvas, smoothUnion(far, far, far))
  for (let n = 0; n < whole.length; n++) {
    const a = cochlea[n] as number
    const b = vestibule[n] as number
    const c = canals[n] as number
    if (a < far || b < far || c < far) whole[n] = smoothUnion(a, b, c)
  }
  return { cochlea, vestibule, canals, whole }
}

/** Label numbers (core/anatomy) of the voxels inside the whole. */
export function labelsOf(field: LabyrinthField): Uint8Array {
  const labels = new Uint8Array(field.whole.length)
  for (let n = 0; n < labels.length; n++) if ((field.whole[n] as number) < 0) labels[n] = nearestPart(field, n)
  return labels
}

/** Label number of the vestibule where its bodies reach, else of the nearest of the tubes. */
export function nearestPart({ cochlea, vestibule, canals }: LabyrinthField, voxel: number): number {
  if ((vestibule[voxel] as number) <= 0) return partLabel.vestibule
  return (cochlea[voxel] as number) <= (canals[voxel] as number) ? partLabel.cochlea : partLabel.semicircular_canals
}

/** Signed distance (mm) of a tube of elliptic sections, as those of a labyrinth's parts. */
export function rasteriseSections(canvas: Canvas, tube: readonly Section[], margin: number): Float32Array {
  const field = createField(canvas, margin)
  rasteriseTube(canvas, field, tube, margin)
  return field
}

/** Lowers `field` to the distance from a tube of elliptic sections. */
function rasteriseTube(canvas: Canvas, field: Float32Array, tube: readonly Section[], margin: number): void {
  tube.forEach((section, n) => {
    const { center, reach, tangent } = section
    const step = stepAt(tube, n)
    const isEnd = n === tube.length - 1
    const half = farthestAlong(step, reach + margin)
    const slab = { point: center, normal: tangent, low: -half, high: isEnd ? reach + margin : half }
    const lower = (voxel: number, x: number, y: number, z: number): void => {
      const distance = sectionDistance(section, step, isEnd, x - center[0], y - center[1], z - center[2])
      if (distance !== undefined && distance < (field[voxel] as number)) field[voxel] = distance
    }
    forEachVoxel(canvas, boxAround(center, reach + margin), lower, slab)
  })
}

function rasteriseEllipsoid(canvas: Canvas, field: Float32Array, body: ShapeEllipsoid, margin: number): void {
  const { center, reach } = body
  forEachVoxel(canvas, boxAround(center, reach + margin), (voxel, x, y, z) => {
    const distance = ellipsoidDistance(body, x - center[0], y - center[1], z - center[2])
    if (distance < (field[voxel] as number)) field[voxel] = distance
  })
}

function boxAround([x, y, z]: readonly [number, number, number], radius: number): Box {
  return { low: [x - radius, y - radius, z - radius], high: [x + radius, y + radius, z + radius] }
}
