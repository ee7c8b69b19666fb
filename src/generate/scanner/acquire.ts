import type { Geometry } from '../../core/geometry.ts'
import type { Random } from '../../core/random.ts'
import type { Vector3 } from '../../core/vector.ts'
import { createVolume, type Volume } from '../../core/volume.ts'
import type { Protocol } from './protocol.ts'
import { smooth } from './smooth.ts'

/** The range of 12-bit CT numbers. */
const lowest = -1024
const highest = 3071

/**
 * What a scanner makes of true densities (HU, overwritten): blur, overshoot, correlated noise, scale errors, clipping,
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
  smooth(densities, size, sigma)
  if (protocol.sharpening > 0) sharpen(densities, size, sigma, protocol.sharpening)
  const noise = grain(densities.length, size, protocol, random)
  const image = new Int16Array(densities.length)
  for (let n = 0; n < image.length; n++) {
    const value = ((densities[n] as number) + (noise[n] as number)) * protocol.gain + protocol.offset
    image[n] = Math.round(Math.max(lowest, Math.min(highest, value)))
  }
  if (protocol.cylinder) clearOutsideCylinder(image, size)
  return createVolume(geometry, image)
}

function sharpen(image: Float32Array, size: Vector3, sigma: Vector3, amount: number): void {
  const soft = image.slice()
  smooth(soft, size, [Math.max(0.6, sigma[0]), Math.max(0.6, sigma[1]), Math.max(0.6, sigma[2])])
  for (let n = 0; n < image.length; n++)
    image[n] = (image[n] as number) + amount * ((image[n] as number) - (soft[n] as number))
}

/** Noise of the protocol's SD after correlation. */
function grain(length: number, size: Vector3, protocol: Protocol, random: Random): Float32Array {
  const noise = new Float32Array(length)
  let square = 0
  for (let n = 0; n < length; n++) noise[n] = random.normal()
  smooth(noise, size, [protocol.grain, protocol.grain, protocol.grain * 0.7])
  for (let n = 0; n < length; n++) square += (noise[n] as number) ** 2
  const factor = protocol.noise / Math.sqrt(square / length)
  for (let n = 0; n < length; n++) noise[n] = (noise[n] as number) * factor
  return noise
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
