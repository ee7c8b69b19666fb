import type { Vector3 } from '../math/vector.ts'

/** Every voxel within `radius` voxels of a nonzero one along each axis (a cube as structuring element). */
export function dilate(mask: Uint8Array, size: Vector3, radius: number): Uint8Array {
  if (radius <= 0) return mask
  const [nx, ny, nz] = size
  const alongX = dilateLines(mask, nx, 1, [ny, nx], [nz, nx * ny], radius)
  const alongY = dilateLines(alongX, ny, nx, [nx, 1], [nz, nx * ny], radius)
  return dilateLines(alongY, nz, nx * ny, [nx, 1], [ny, nx], radius)
}

/** Dilates every line of `length` voxels `step` apart; the lines start on a lattice of two [count, step] axes. */
function dilateLines(
  mask: Uint8Array,
  length: number,
  step: number,
  [countA, stepA]: readonly [number, number],
  [countB, stepB]: readonly [number, number],
  radius: number
): Uint8Array {
  const result = new Uint8Array(mask.length)
  for (let b = 0; b < countB; b++) {
    for (let a = 0; a < countA; a++) {
      const start = a * stepA + b * stepB
      let filled = 0
      for (let n = 0; n < length; n++) {
        if (mask[start + n * step] === 0) continue
        const end = Math.min(length, n + radius + 1)
        for (let m = Math.max(filled, n - radius); m < end; m++) result[start + m * step] = 1
        filled = end
      }
    }
  }
  return result
}
