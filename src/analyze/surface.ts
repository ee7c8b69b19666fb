import { applyAffine, containsPoint, type Geometry, worldFromIndex } from '../core/geometry.ts'
import type { Mesh } from '../core/mesh.ts'
import { surfaceNets } from '../core/surface-nets.ts'
import type { Answer } from './answer.ts'

/** Logarithm of odds that leaves no doubt of background. */
const certainlyBackground = -10

/**
 * The closed surface of one ear's labyrinth: where labyrinth and background are equally probable. It is drawn from
 * the network's answer, so that it does not show the steps of the scan's voxels.
 * @param mask voxels of the answer's grid outside which nothing belongs to the ear
 * @param scan what the network imagined outside the scan is left out
 */
export function labyrinthSurface({ geometry, evidence }: Answer, mask: Uint8Array, scan: Geometry): Mesh {
  const [nx, ny] = geometry.size
  const toWorld = worldFromIndex(geometry)
  const logOdds = new Float32Array(mask.length).fill(certainlyBackground)
  for (let at = 0; at < mask.length; at++) {
    if (mask[at] === 0) continue
    const place = applyAffine(toWorld, [at % nx, Math.floor(at / nx) % ny, Math.floor(at / (nx * ny))])
    if (!containsPoint(scan, place)) continue
    let odds = 0
    for (const part of evidence) odds += Math.exp(part[at] as number)
    logOdds[at] = Math.max(certainlyBackground, Math.log(odds))
  }
  return surfaceNets({ geometry, data: logOdds }, 0)
}
