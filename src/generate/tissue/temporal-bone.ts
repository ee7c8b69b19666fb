import { type Geometry, geometryAround, indexFromIndex, voxelCount } from '../../core/geometry/geometry.ts'
import { sampleGrid } from '../../core/geometry/resample.ts'
import type { Random } from '../../core/math/random.ts'
import { identity3, type Matrix3, norm } from '../../core/math/vector.ts'
import type { EarFrame } from '../../ear/ear-frame.ts'
import { type LabyrinthField, rasteriseLabyrinth, rasteriseSections } from '../anatomy/labyrinth.ts'
import type { LabyrinthShape } from '../anatomy/shape.ts'
import { blend, createCanvas, forEachVoxel } from '../canvas.ts'
import { rasteriseBone } from './bone.ts'
import { rasteriseCells } from './cells.ts'
import { rasteriseInclusion } from './inclusion.ts'
import { rasteriseLamina } from './lamina.ts'
import { rasteriseCuts } from './saw-cut.ts'
import { reach, type Scene } from './scene.ts'
import type { Surroundings } from './surroundings.ts'
import { sampleTexture } from './texture.ts'

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
export function rasteriseTemporalBone(
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
    coarse: sampleTexture(geometry, random, surroundings.texture.coarse),
    medium: sampleTexture(geometry, random, surroundings.texture.medium),
    fine: sampleTexture(geometry, random, surroundings.texture.fine)
  }
  const field = new Float32Array(texture.coarse.length).fill(densities.brain)
  const toLabyrinth = hasEar ? coarseDistance(geometry, placement, shape) : new Float32Array(field.length).fill(reach)
  const scene: Scene = { canvas, field, shape, toLabyrinth, densities, effusion: surroundings.effusion, texture }
  rasteriseBone(scene, surroundings.bone)
  rasteriseCells(scene, surroundings.cells)
  for (const inclusion of surroundings.inclusions) rasteriseInclusion(scene, inclusion)
  rasteriseCuts(scene, surroundings.cuts ?? [])
  if (hasEar) {
    rasteriseLumen(scene, rasteriseLabyrinth(canvas, shape, 2 * canvas.edge))
    rasteriseLamina(scene, surroundings.lamina)
    for (const metal of surroundings.implant) rasteriseInclusion(scene, metal)
  }
  return field
}

/** Fluid in the labyrinth, the porous bone of the modiolus between the cochlear turns, bone that has filled a stretch. */
function rasteriseLumen(scene: Scene, labyrinth: LabyrinthField): void {
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
    for (const [voxel, distance] of rasteriseSections(canvas, shape.ossified, 2 * canvas.edge).entries()) {
      blend(canvas, field, voxel, distance, densities.bone)
    }
  }
  for (let voxel = 0; voxel < field.length; voxel++) {
    blend(canvas, field, voxel, labyrinth.whole[voxel] as number, densities.fluid)
  }
}

/** The labyrinth's distance rasterised on a coarse grid and interpolated: cheap, and smooth enough for bone thickness. */
function coarseDistance(geometry: Geometry, { frame, shear }: Placement, shape: LabyrinthShape): Float32Array {
  const spacing = 0.7
  const points = Math.ceil(30 / spacing)
  const coarse = geometryAround(frame.origin, [points, points, points], [spacing, spacing, spacing], identity3)
  const distance = rasteriseLabyrinth(createCanvas(coarse, frame, shear), shape, reach).whole
  const result = new Float32Array(voxelCount(geometry))
  sampleGrid(indexFromIndex(geometry, coarse), geometry.size, { geometry: coarse, data: distance }, reach, result)
  return result
}
