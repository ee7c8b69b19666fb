import type { EarFrame } from '../../core/ear-frame.ts'
import { type Geometry, geometryAround, indexFromIndex, voxelCount } from '../../core/geometry.ts'
import type { Random } from '../../core/random.ts'
import { sampleGrid } from '../../core/resample.ts'
import { identity3, type Matrix3, norm } from '../../core/vector.ts'
import { drawLabyrinth, drawSections, type LabyrinthField } from '../anatomy/labyrinth.ts'
import type { LabyrinthShape } from '../anatomy/shape.ts'
import { blend, createCanvas, forEachVoxel } from '../canvas.ts'
import { paintBone } from './bone.ts'
import { paintCells } from './cells.ts'
import { paintInclusion } from './inclusion.ts'
import { paintLamina } from './lamina.ts'
import { reach, type Scene } from './scene.ts'
import type { Surroundings } from './surroundings.ts'
import { drawTexture } from './texture.ts'

/** How a bone lies in the world, and how the scan's grid shears it. */
interface Placement {
  readonly frame: EarFrame
  readonly shear?: Matrix3
}

/**
 * Hounsfield units of a temporal bone, before any scanner.
 * @param hasEar false leaves out the labyrinth and its capsule: bone, cells and channels only
 * @param random of the textures' grains
 */
export function paintTemporalBone(
  geometry: Geometry,
  placement: Placement,
  shape: LabyrinthShape,
  surroundings: Surroundings,
  hasEar: boolean,
  random: Random
): Float32Array {
  const { densities } = surroundings
  const canvas = createCanvas(geometry, placement.frame, placement.shear)
  const texture = {
    coarse: drawTexture(geometry, random, surroundings.texture.coarse),
    medium: drawTexture(geometry, random, surroundings.texture.medium),
    fine: drawTexture(geometry, random, surroundings.texture.fine)
  }
  const field = new Float32Array(texture.coarse.length).fill(densities.brain)
  const toLabyrinth = hasEar ? coarseDistance(geometry, placement, shape) : new Float32Array(field.length).fill(reach)
  const scene: Scene = { canvas, field, shape, toLabyrinth, densities, effusion: surroundings.effusion, texture }
  paintBone(scene, surroundings.bone)
  paintCells(scene, surroundings.cells)
  for (const inclusion of surroundings.inclusions) paintInclusion(scene, inclusion)
  if (hasEar) {
    paintLabyrinth(scene, drawLabyrinth(canvas, shape, 2 * canvas.edge))
    paintLamina(scene, surroundings.lamina)
    for (const metal of surroundings.implant) paintInclusion(scene, metal)
  }
  return field
}

/** Fluid in the labyrinth, the porous bone of the modiolus between the cochlear turns, bone that has filled a stretch. */
function paintLabyrinth(scene: Scene, labyrinth: LabyrinthField): void {
  const { canvas, field, shape, densities } = scene
  const { point, direction } = shape.modiolarAxis
  const apex = shape.helicotrema
  const fromPoint = (x: number, y: number, z: number): number =>
    (x - point[0]) * direction[0] + (y - point[1]) * direction[1] + (z - point[2]) * direction[2]
  const top = fromPoint(...apex)
  const box = { low: [apex[0] - 6, apex[1] - 8, apex[2] - 5], high: [apex[0] + 6, apex[1] + 3, apex[2] + 6] } as const
  forEachVoxel(canvas, box, (voxel, x, y, z) => {
    const along = fromPoint(x, y, z)
    const depth = top - along
    if (depth < 0.3 || depth > 5) return
    const radial = norm([
      x - point[0] - along * direction[0],
      y - point[1] - along * direction[1],
      z - point[2] - along * direction[2]
    ])
    blend(canvas, field, voxel, radial - (0.3 + 0.38 * depth), densities.modiolus)
  })
  if (shape.ossified !== undefined) {
    for (const [voxel, distance] of drawSections(canvas, shape.ossified, 2 * canvas.edge).entries()) {
      blend(canvas, field, voxel, distance, densities.bone)
    }
  }
  for (let voxel = 0; voxel < field.length; voxel++) {
    blend(canvas, field, voxel, labyrinth.whole[voxel] as number, densities.fluid)
  }
}

/** The labyrinth's distance drawn on a coarse grid and interpolated: cheap, and smooth enough for bone thickness. */
function coarseDistance(geometry: Geometry, { frame, shear }: Placement, shape: LabyrinthShape): Float32Array {
  const spacing = 0.7
  const points = Math.ceil(30 / spacing)
  const coarse = geometryAround(frame.origin, [points, points, points], [spacing, spacing, spacing], identity3)
  const distance = drawLabyrinth(createCanvas(coarse, frame, shear), shape, reach).whole
  const result = new Float32Array(voxelCount(geometry))
  sampleGrid(indexFromIndex(geometry, coarse), geometry.size, { geometry: coarse, data: distance }, reach, result)
  return result
}
