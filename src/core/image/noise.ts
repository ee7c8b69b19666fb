import type { Random } from '../math/random.ts'
import type { Vector3 } from '../math/vector.ts'
import { smooth } from './filter.ts'

/** Noise of the given SD; `grain` is the SD in voxels along i, j, k of the blur that makes it coarser than white. */
export function correlatedNoise(size: Vector3, sd: number, grain: Vector3, random: Random): Float32Array {
  const white = new Float32Array(size[0] * size[1] * size[2])
  fillNormal(white, random.integer(1, 2 ** 31 - 1))
  const coarse = smooth(white, size, grain)
  let squares = 0
  for (const value of coarse) squares += value * value
  const factor = sd / Math.sqrt(squares / coarse.length)
  return coarse.map((value) => value * factor)
}

/**
 * Nearly normal numbers of SD 1: sums of four 16-bit uniforms (Irwin–Hall; the tails end at 3.46) from a xorshift32
 * (Marsaglia 2003), several times faster than Box–Muller where a scan needs millions.
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
