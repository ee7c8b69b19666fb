import type { Random } from '../../core/math/random.ts'
import { blend, forEachVoxel } from '../canvas.ts'
import { fillingOf } from './filling.ts'
import type { Scene } from './scene.ts'

/** How far air cells reach into the bone. */
export interface Cells {
  /**
   * Reach in the mastoid, over the middle ear, the petrous apex and under the tympanic cavity, as shares of each
   * region; below 0: none.
   */
  readonly mastoid: number
  readonly tegmen: number
  readonly petrousApex: number
  readonly hypotympanum: number
  /** Thickness of the walls, in units of the texture. */
  readonly wall: number
  /** Distance kept from the labyrinth, mm. */
  readonly clearance: number
  /** Whether fine cells are mixed with the coarse ones. */
  readonly fine: boolean
}

/** From a sclerotic bone without cells to a honeycomb. */
export function sampleCells(random: Random): Cells {
  const mastoid = random.uniform(-0.5, 1.4)
  return {
    mastoid,
    tegmen: mastoid > 0.5 && random.chance(0.6) ? random.uniform(0.2, 1) : -1,
    petrousApex: random.chance(0.25) ? random.uniform(0, 0.8) : -1,
    hypotympanum: random.chance(0.5) ? random.uniform(0, 0.7) : -1,
    wall: random.uniform(0.1, 0.35),
    clearance: random.uniform(0.8, 2.4),
    fine: random.chance(0.5)
  }
}

/** Rasterises cells where the texture is far from zero: its zero crossings are the walls between them. */
export function rasteriseCells(scene: Scene, cells: Cells): void {
  const { canvas, field, toLabyrinth, texture } = scene
  if (Math.max(cells.mastoid, cells.petrousApex, cells.hypotympanum) <= 0) return
  const filling = fillingOf(scene, 'cells')
  const pattern = cells.fine
    ? texture.medium.map((v, n) => 0.7 * v + 0.7 * (texture.fine[n] as number))
    : texture.medium
  forEachVoxel(canvas, null, (voxel, x, y, z) => {
    if ((field[voxel] as number) < minBone) return
    const inside = reachAt(cells, x, y, z)
    const clear = (toLabyrinth[voxel] as number) - cells.clearance
    if (inside <= 0 || clear <= 0) return
    const level = Math.abs(pattern[voxel] as number) - cells.wall / Math.min(1, 0.3 + inside)
    blend(canvas, field, voxel, -Math.min(level * textureSlope, clear), filling(x, y, z))
  })
}

/** Distance (mm) over which the texture changes by one, near enough for the softness of a cell's border. */
const textureSlope = 1.5

/** Cells form in bone only: where the density is less than this (HU) there is none. */
const minBone = 200

/** How deep (as a share) a place of the ear frame lies in the regions that have cells; not positive outside. */
function reachAt({ mastoid, tegmen, petrousApex, hypotympanum }: Cells, x: number, y: number, z: number): number {
  return Math.max(
    mastoid - length((x - 13) / 12, (y + 9) / 12, (z + 1) / 12),
    tegmen - length((x - 9) / 8, (y - 3) / 8, (z - 5) / 4),
    petrousApex - length((x + 12) / 7, (y - 6) / 7, (z + 1) / 7),
    hypotympanum - length((x - 3) / 7, (y - 1) / 8, (z + 12) / 5)
  )
}

function length(x: number, y: number, z: number): number {
  return Math.sqrt(x * x + y * y + z * z)
}
