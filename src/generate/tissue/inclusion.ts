import type { Random } from '../../core/math/random.ts'
import type { Vector3 } from '../../core/math/vector.ts'
import { blend, forEachVoxel } from '../canvas.ts'
import type { Densities } from './densities.ts'
import { fillingOf } from './filling.ts'
import { type SolidShape, solidOf, widen } from './primitives.ts'
import type { Scene } from './scene.ts'

/** Something of one tissue that lies in the bone: a cavity, a canal, a vessel, an ossicle. */
export interface Inclusion {
  readonly name: string
  readonly shapes: readonly SolidShape[]
  readonly tissue: keyof Densities
  /** Least distance kept from the labyrinth, mm. */
  readonly shell: number
  /** How far its wall strays from the shapes, mm. */
  readonly waviness: number
}

export function rasteriseInclusion(scene: Scene, { shapes, tissue, shell, waviness }: Inclusion): void {
  const { canvas, field, toLabyrinth, texture } = scene
  const filling = fillingOf(scene, tissue)
  for (const shape of shapes) {
    const solid = solidOf(shape)
    const most = solid.largestShare(canvas.edge)
    forEachVoxel(canvas, widen(solid.box, 2 * waviness + canvas.edge), (voxel, x, y, z) => {
      const lumps = 0.85 * (texture.medium[voxel] as number) + 0.4 * (texture.fine[voxel] as number)
      const wavy = solid.distance(x, y, z) + waviness * lumps
      blend(canvas, field, voxel, Math.max(wavy, shell - (toLabyrinth[voxel] as number)), filling(x, y, z), most)
    })
  }
}

/** A place near `point`, each coordinate off by a normal error cut at two SD. */
export function jitter(random: Random, point: Vector3, sd: number): Vector3 {
  return [
    random.clippedNormal(point[0], sd, 2),
    random.clippedNormal(point[1], sd, 2),
    random.clippedNormal(point[2], sd, 2)
  ]
}
