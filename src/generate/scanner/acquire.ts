import type { Geometry } from '../../core/geometry/geometry.ts'
import { sharpen, smooth } from '../../core/image/filter.ts'
import { correlatedNoise } from '../../core/image/noise.ts'
import type { Random } from '../../core/math/random.ts'
import type { Vector3 } from '../../core/math/vector.ts'
import { createVolume, type Volume } from '../../core/volume.ts'
import { denseSurroundings } from './dense-surroundings.ts'
import { addMetalStreaks } from './metal.ts'
import { blurByMotion } from './motion.ts'
import type { MetalScan, Protocol } from './protocol.ts'
import { addRings } from './rings.ts'
import { brightenBorder, clearOutsideCylinder, clearOutsideField } from './truncation.ts'

/** The range of 12-bit CT numbers. */
const lowest = -1024
const highest = 3071
/** What an extended scale holds. */
const highestExtended = 30_000

/** Grain (voxels) along i of the noise that is elongated: rays along the densest direction are starved of photons. */
const streakGrain = 6

/**
 * What a scanner makes of true densities (HU): motion, blur and overshoot, beam hardening, streaks of metal, rings,
 * noise, errors of the scale, truncation, 12 bits.
 */
export function acquire(
  geometry: Geometry,
  densities: Float32Array,
  protocol: Protocol,
  random: Random
): Volume<Int16Array> {
  const { size } = geometry
  const { dental } = protocol
  const image = resolve(geometry, blurByMotion(geometry, densities, protocol.motion), protocol)
  if (protocol.metal !== undefined) addBloom(image, geometry, protocol.metal)
  const dense = denseSurroundings(geometry, image)
  addNoise(image, size, dense, protocol, random)
  for (let n = 0; n < image.length; n++) {
    image[n] = (image[n] as number) - protocol.beamHardening * 1000 * (dense[n] as number)
  }
  addMetalStreaks(image, size, protocol.metalStreaks, random)
  addRings(image, size, protocol.rings, random)
  if (protocol.cylinder) brightenBorder(image, size, protocol.truncation)
  const numbers = new Int16Array(image.length)
  const most = protocol.metal?.isExtended ? highestExtended : highest
  for (let n = 0; n < numbers.length; n++) {
    const hounsfield = image[n] as number
    const gain = hounsfield < 0 && dental !== undefined ? dental.airGain : protocol.gain
    const value = hounsfield * gain + protocol.offset
    numbers[n] = Math.round(Math.max(lowest, Math.min(most, value)))
  }
  if (protocol.cylinder) clearOutsideCylinder(numbers, size, lowest)
  if (dental !== undefined) clearOutsideField(numbers, geometry, dental.cylinder)
  return createVolume(geometry, numbers)
}

/** Dense metal shines into its surroundings: part of what exceeds the scale, blurred. */
function addBloom(image: Float32Array, { size, spacing }: Geometry, { bloom, reach }: MetalScan): void {
  const excess = image.map((value) => Math.max(0, value - highest))
  const halo = smooth(excess, size, [reach / spacing[0], reach / spacing[1], reach / spacing[2]])
  for (let n = 0; n < image.length; n++) image[n] = (image[n] as number) + bloom * (halo[n] as number)
}

/** Point spread and kernel. */
function resolve({ size, spacing }: Geometry, densities: Float32Array, protocol: Protocol): Float32Array {
  const sd = protocol.blur.map((mm, axis) => mm / (spacing[axis] as number)) as unknown as Vector3
  const blurred = smooth(densities, size, sd)
  const detail: Vector3 = [Math.max(0.6, sd[0]), Math.max(0.6, sd[1]), Math.max(0.6, sd[2])]
  if (protocol.sharpening > 0) return sharpen(blurred, size, detail, protocol.sharpening)
  return blurred === densities ? densities.slice() : blurred
}

/** Noise grows with what lies around; streaks come where that is dense. */
function addNoise(image: Float32Array, size: Vector3, dense: Float32Array, protocol: Protocol, random: Random): void {
  const { noise, grain, noiseInBone, streakiness } = protocol
  const even = correlatedNoise(size, noise, [grain, grain, 0.7 * grain], random)
  for (let n = 0; n < image.length; n++) {
    image[n] = (image[n] as number) + (even[n] as number) * (1 + noiseInBone * (dense[n] as number))
  }
  if (streakiness === 0) return
  const streaks = correlatedNoise(size, noise * streakiness, [streakGrain, grain, 0.7 * grain], random)
  for (let n = 0; n < image.length; n++) {
    image[n] = (image[n] as number) + (streaks[n] as number) * (dense[n] as number)
  }
}
