import { sharpen, smooth } from '../../core/filter.ts'
import type { Geometry } from '../../core/geometry.ts'
import { correlatedNoise } from '../../core/noise.ts'
import type { Random } from '../../core/random.ts'
import type { Vector3 } from '../../core/vector.ts'
import { createVolume, type Volume } from '../../core/volume.ts'
import type { Protocol } from './protocol.ts'

/** The range of 12-bit CT numbers. */
const lowest = -1024
const highest = 3071

/**
 * What a scanner makes of true densities (HU): blur, overshoot, correlated noise, scale errors, clipping,
 * whole numbers.
 */
export function acquire(
  geometry: Geometry,
  densities: Float32Array,
  protocol: Protocol,
  random: Random
): Volume<Int16Array> {
  const { size } = geometry
  const sigma = protocol.blur.map((mm, axis) => mm / (geometry.spacing[axis] as number)) as unknown as Vector3
  const blurred = smooth(densities, size, sigma)
  const detail: Vector3 = [Math.max(0.6, sigma[0]), Math.max(0.6, sigma[1]), Math.max(0.6, sigma[2])]
  const sharp = protocol.sharpening > 0 ? sharpen(blurred, size, detail, protocol.sharpening) : blurred
  const { grain } = protocol
  const noise = correlatedNoise(size, protocol.noise, [grain, grain, 0.7 * grain], random)
  const image = new Int16Array(densities.length)
  for (let n = 0; n < image.length; n++) {
    const value = ((sharp[n] as number) + (noise[n] as number)) * protocol.gain + protocol.offset
    image[n] = Math.round(Math.max(lowest, Math.min(highest, value)))
  }
  if (protocol.cylinder) clearOutsideCylinder(image, size)
  return createVolume(geometry, image)
}

function clearOutsideCylinder(image: Int16Array, [nx, ny, nz]: Vector3): void {
  const [cx, cy, radius] = [(nx - 1) / 2, (ny - 1) / 2, Math.min(nx, ny) / 2]
  for (let j = 0; j < ny; j++) {
    for (let i = 0; i < nx; i++) {
      if (Math.hypot(i - cx, j - cy) <= radius) continue
      for (let k = 0; k < nz; k++) image[i + nx * (j + ny * k)] = lowest
    }
  }
}
