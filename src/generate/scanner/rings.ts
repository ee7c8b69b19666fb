import type { Random } from '../../core/math/random.ts'
import type { Vector3 } from '../../core/math/vector.ts'

/** Largest distance (voxels) of the axis of rotation from the middle of the grid. */
const offCentre = 40

/** Adds concentric rings of the given SD (HU) about an axis along k to the image: what uneven detectors leave. */
export function addRings(image: Float32Array, [nx, ny, nz]: Vector3, sd: number, random: Random): void {
  if (sd === 0) return
  const [cx, cy] = [nx / 2 + random.uniform(-offCentre, offCentre), ny / 2 + random.uniform(-offCentre, offCentre)]
  const profile = new Float32Array(nx + ny + 2 * offCentre).map(() => random.normal(0, sd))
  const ringAt = (i: number, j: number): number => profile[Math.floor(Math.hypot(i - cx, j - cy))] as number
  const plane = new Float32Array(nx * ny).map((_, n) => ringAt(n % nx, Math.floor(n / nx)))
  for (let k = 0; k < nz; k++) {
    for (let n = 0; n < plane.length; n++)
      image[n + nx * ny * k] = (image[n + nx * ny * k] as number) + (plane[n] as number)
  }
}
