import { z } from 'zod'
import { sharpen, smooth } from '../../core/image/filter.ts'
import { type GreyWindow, networkGrey, shareOf } from '../../core/image/grey-window.ts'
import { correlatedNoise } from '../../core/image/noise.ts'
import { createRandom, type Random } from '../../core/math/random.ts'
import type { Volume } from '../../core/volume.ts'
import { slowField } from './shading.ts'

const range = (low: number, high: number, text: string, bound = z.number()) =>
  z
    .tuple([bound, bound])
    .refine(([least, most]) => least <= most, { message: 'must be a lower and an upper bound' })
    .default([low, high])
    .describe(text)
const positive = z.number().positive()
const notNegative = z.number().min(0)

/** Ranges from which a sample's intensity changes are drawn uniformly. */
export const intensityConfiguration = z.strictObject({
  offset: range(-80, 80, 'added, HU'),
  scale: range(0.85, 1.15, 'factor about 0 HU', positive),
  gamma: range(0.8, 1.25, 'exponent of the intensity within the window; its logarithm is drawn uniformly', positive),
  blur: range(-0.6, 0.7, 'SD in voxels of a Gaussian blur; below zero, the strength of a sharpening'),
  bias: range(0, 60, 'SD in HU of a slowly changing field', notNegative),
  noise: range(0, 120, 'SD in HU of added noise', notNegative),
  grain: range(0, 0.8, 'SD in voxels of the blur that makes the noise coarser', notNegative),
  filled: z.number().min(0).max(1).default(0.5).describe('share of samples with air beyond the scan; others: any HU')
})
export type IntensityConfiguration = z.infer<typeof intensityConfiguration>

/** The intensity changes of one sample, as drawn; HU and voxels as in the configuration. */
export interface IntensityChanges {
  readonly offset: number
  readonly scale: number
  readonly gamma: number
  readonly blur: number
  readonly bias: number
  readonly noise: number
  readonly grain: number
  /** HU beyond the scan's border. */
  readonly outside: number
  /** Seed of the noise and the bias field. */
  readonly seed: number
}

const air = -1000

/** No change at all, air outside the scan: how validation samples, and scans in use, are seen. */
export const unchanged: IntensityChanges = {
  offset: 0,
  scale: 1,
  gamma: 1,
  blur: 0,
  bias: 0,
  noise: 0,
  grain: 0,
  outside: air,
  seed: 0
}

export function sampleIntensity(configuration: IntensityConfiguration, random: Random): IntensityChanges {
  const draw = ([low, high]: readonly [number, number]): number => random.uniform(low, high)
  const { offset, scale, gamma, blur, bias, noise, grain, filled } = configuration
  return {
    offset: draw(offset),
    scale: draw(scale),
    gamma: Math.exp(draw([Math.log(gamma[0]), Math.log(gamma[1])])),
    blur: draw(blur),
    bias: draw(bias),
    noise: draw(noise),
    grain: draw(grain),
    outside: random.chance(filled) ? air : random.uniform(air, 1000),
    seed: random.integer(0, 2 ** 31 - 1)
  }
}

/**
 * Changes a patch in HU and maps it to [-1, 1] by the window, clamped.
 * The order is that of a scanner: resolution, response, shading, noise.
 */
export function applyIntensity(
  patch: Volume<Float32Array>,
  changes: IntensityChanges,
  window: GreyWindow
): Float32Array {
  const { size } = patch.geometry
  const { offset, scale, gamma, blur, bias, noise, grain, seed } = changes
  const random = createRandom(seed)
  const sharp = blur >= 0 ? smooth(patch.data, size, [blur, blur, blur]) : sharpen(patch.data, size, [1, 1, 1], -blur)
  const shading = bias > 0 ? slowField(size, bias, random) : undefined
  const grains = noise > 0 ? correlatedNoise(size, noise, [grain, grain, grain], random) : undefined
  const width = window.high - window.low
  return sharp.map((value, at) => {
    const share = shareOf(value * scale + offset + (shading?.[at] ?? 0), window)
    const bent = share > 0 && share < 1 ? share ** gamma : share
    return networkGrey(bent + (grains?.[at] ?? 0) / width)
  })
}
