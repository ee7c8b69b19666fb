import type { Vector3 } from '../math/vector.ts'

/** Least and greatest index along each axis of the voxels that are not 0; undefined where there is none. */
export function maskBounds(
  mask: Uint8Array | Float32Array,
  [nx, ny, nz]: Vector3
): readonly [Vector3, Vector3] | undefined {
  const low: [number, number, number] = [nx, ny, nz]
  const high: [number, number, number] = [-1, -1, -1]
  let row = 0
  for (let k = 0; k < nz; k++) {
    for (let j = 0; j < ny; j++, row += nx) {
      let first = 0
      while (first < nx && mask[row + first] === 0) first++
      if (first === nx) continue
      let last = nx - 1
      while (mask[row + last] === 0) last--
      low[0] = Math.min(low[0], first)
      high[0] = Math.max(high[0], last)
      low[1] = Math.min(low[1], j)
      high[1] = Math.max(high[1], j)
      low[2] = Math.min(low[2], k)
      high[2] = k
    }
  }
  return high[0] < 0 ? undefined : [low, high]
}
