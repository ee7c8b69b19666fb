import type { Random } from '../../core/math/random.ts'
import type { Vector3 } from '../../core/math/vector.ts'

/** What is denser than this (HU) is metal; bone and enamel are not. */
const minMetal = 5000

/** Metal voxels in a slice from which its streaks are as strong as they get, and how fast they fade, voxels. */
const fullStreaks = 40
const fading = 25

/** Angular waves the streaks are summed from. */
const waves = [2, 3, 5, 8, 13, 21] as const

/**
 * Adds bright and dark streaks around the metal of each slice to the image: rays that run through it carry no signal.
 * @param height of the strongest streaks, HU
 */
export function addMetalStreaks(image: Float32Array, [nx, ny, nz]: Vector3, height: number, random: Random): void {
  const phases = waves.map(() => random.uniform(0, 2 * Math.PI))
  const plane = nx * ny
  for (let k = 0; k < nz; k++) {
    const metal = metalOf(image.subarray(k * plane, (k + 1) * plane), nx)
    if (metal.voxels === 0) continue
    const strength = (height * Math.min(1, metal.voxels / fullStreaks)) / Math.sqrt(waves.length)
    for (let n = 0; n < plane; n++) {
      const [dx, dy] = [(n % nx) - metal.x, Math.floor(n / nx) - metal.y]
      const angle = Math.atan2(dy, dx)
      const wave = waves.reduce((sum, turns, at) => sum + Math.cos(turns * angle + (phases[at] as number)), 0)
      const at = n + k * plane
      image[at] = (image[at] as number) + (strength * wave) / (1 + Math.hypot(dx, dy) / fading)
    }
  }
}

/** Centroid and number of the metal voxels of a slice. */
function metalOf(slice: Float32Array, nx: number): { x: number; y: number; voxels: number } {
  let [x, y, voxels] = [0, 0, 0]
  for (let n = 0; n < slice.length; n++) {
    if ((slice[n] as number) < minMetal) continue
    x += n % nx
    y += Math.floor(n / nx)
    voxels++
  }
  return { x: x / voxels, y: y / voxels, voxels }
}
