import { createGeometry } from '../../core/geometry.ts'
import type { Random } from '../../core/random.ts'
import { resample } from '../../core/resample.ts'
import { identity3, type Vector3 } from '../../core/vector.ts'
import { smooth } from './filter.ts'

/** Noise of the given SD; `grain` is the SD in voxels of the blur that makes it coarser than white. */
export function noiseField(size: Vector3, sd: number, grain: number, random: Random): Float32Array {
  const white = new Float32Array(size[0] * size[1] * size[2])
  fillNormal(white, random.integer(1, 2 ** 31 - 1))
  const coarse = smooth(white, size, grain)
  let squares = 0
  for (const value of coarse) squares += value * value
  const factor = sd / Math.sqrt(squares / coarse.length)
  return coarse.map((value) => value * factor)
}

/** A field that changes over about a third of the grid: 4 × 4 × 4 normal values of the given SD, linear in between. */
export function slowField(size: Vector3, sd: number, random: Random): Float32Array {
  const nodes = Float32Array.from({ length: 64 }, () => random.normal(0, sd))
  const coarse = createGeometry({
    size: [4, 4, 4],
    spacing: [size[0] / 3, size[1] / 3, size[2] / 3],
    origin: [0, 0, 0],
    direction: identity3
  })
  const fine = createGeometry({ ...coarse, size, spacing: [1, 1, 1] })
  return resample({ geometry: coarse, data: nodes }, fine, 0).data
}

/**
 * Nearly normal numbers of SD 1: sums of four 16-bit uniforms (Irwin–Hall; the tails end at 3.46) from a xorshift32
 * (Marsaglia 2003), several times faster than Box–Muller where a patch needs a quarter of a million.
 * @param seed not zero
 */
function fillNormal(target: Float32Array, seed: number): void {
  let state = seed
  const next = (): number => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state
  }
  // Four uniforms on the whole numbers 0 … 65535 have mean 131070 and variance 4 · 65536² / 12.
  const sd = 65536 / Math.sqrt(3)
  for (let at = 0; at < target.length; at++) {
    const a = next()
    const b = next()
    target[at] = ((a & 0xffff) + (a >>> 16) + (b & 0xffff) + (b >>> 16) - 131070) / sd
  }
}
