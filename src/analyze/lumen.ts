import { applyAffine, geometryAround, worldFromIndex } from '../core/geometry.ts'
import { resample } from '../core/resample.ts'
import { distance, identity3, type Vector3 } from '../core/vector.ts'
import type { Volume } from '../core/volume.ts'

/** How far (mm) a landmark may be moved: farther off, it is not this lumen's. */
const reach = 1

/** How finely (mm) the lumen is looked for. */
const step = 0.05

/**
 * The place in the lumen nearest to a given one (LPS mm): the place itself where it lies in the lumen already, or where
 * no lumen is near.
 * @param labyrinth probability of the labyrinth
 */
export function intoLumen(labyrinth: Volume<Float32Array>, place: Vector3): Vector3 {
  const edge = 2 * Math.round(reach / step) + 1
  const grid = geometryAround(place, [edge, edge, edge], [step, step, step], identity3)
  const { data } = resample(labyrinth, grid, 0)
  const toWorld = worldFromIndex(grid)
  let nearest = place
  let least = reach
  for (const [at, probability] of data.entries()) {
    if (probability < 0.5) continue
    const candidate = applyAffine(toWorld, [at % edge, Math.floor(at / edge) % edge, Math.floor(at / edge ** 2)])
    const off = distance(candidate, place)
    if (off >= least) continue
    least = off
    nearest = candidate
  }
  return nearest
}
