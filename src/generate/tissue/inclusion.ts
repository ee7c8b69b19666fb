import type { Random } from '../../core/random.ts'
import type { Vector3 } from '../../core/vector.ts'
import { blend, forEachVoxel } from '../canvas.ts'
import type { Densities } from './densities.ts'
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

export function paintInclusion(scene: Scene, { shapes, tissue, shell, waviness }: Inclusion): void {
  const { canvas, field, toLabyrinth, densities, texture } = scene
  const solid = solidOf(shapes)
  forEachVoxel(canvas, widen(solid.box, 2 * waviness + canvas.edge), (voxel, x, y, z) => {
    const wavy = solid.distance(x, y, z) + waviness * (texture.medium[voxel] as number)
    blend(canvas, field, voxel, Math.max(wavy, shell - (toLabyrinth[voxel] as number)), densities[tissue])
  })
}

/** A place near `point`, each coordinate off by a normal error cut at two SD. */
export function jitter(random: Random, point: Vector3, sd: number): Vector3 {
  return [
    random.clippedNormal(point[0], sd, 2),
    random.clippedNormal(point[1], sd, 2),
    random.clippedNormal(point[2], sd, 2)
  ]
}
