import type { Vector3 } from '../../core/math/vector.ts'
import { forEachVoxel } from '../canvas.ts'
import type { Scene } from './scene.ts'

/** A plane a specimen was sawn along: what lies beyond `offset` mm along `normal` (ear frame) is gone. */
export interface SawCut {
  readonly normal: Vector3
  readonly offset: number
}

/** Replaces the part that was sawn off by the medium around the specimen. */
export function rasteriseCuts({ canvas, field, densities }: Scene, cuts: readonly SawCut[]): void {
  for (const { normal, offset } of cuts) {
    forEachVoxel(canvas, null, (voxel, x, y, z) => {
      const depth = normal[0] * x + normal[1] * y + normal[2] * z - offset
      const share = Math.min(1, 0.5 + depth / canvas.edge)
      if (share <= 0) return
      const old = field[voxel] as number
      field[voxel] = old + share * (densities.soft - old)
    })
  }
}
