import type { Greys, HistogramPeak } from './histogram.ts'

/** Hounsfield units of air, and where scanners cut it off; of soft tissue; 99 % of a temporal bone's voxels are below `bone`. */
export const expected = { air: -1000, cutOff: -1024, soft: 40, bone: 2300 }

/** Where the peak of air, or its cut-off, belongs. */
export function expectedAir({ cutOff }: Greys): number {
  return cutOff === undefined ? expected.air : expected.cutOff
}

/** What a scan shows: its values without padding, the peaks of their histogram, and the value that 99 % of the voxels lie below. */
export interface GreyLook {
  readonly greys: Greys
  readonly peaks: readonly HistogramPeak[]
  readonly brightest: number
}

/**
 * The largest peak that lies between air and bone as soft tissue does, on any scale.
 * @param least the share of the voxels it must have
 */
export function softTissue(
  air: number,
  { peaks, brightest }: Pick<GreyLook, 'peaks' | 'brightest'>,
  least: number
): number | undefined {
  const between = (value: number): number => (value - air) / (brightest - air)
  const soft = peaks.filter(({ value, share }) => share >= least && between(value) > 0.2 && between(value) < 0.6)
  return soft.reduce<HistogramPeak | undefined>((a, b) => (a !== undefined && a.share > b.share ? a : b), undefined)
    ?.value
}

/** The share of the voxels near a value that is soft tissue's or fluid's, in a specimen of bone too. */
export const someSoft = 0.03

/** How far noise reaches below the peak of air; real air lies farther below anything that is brighter. */
export const noiseBelow = 320

/** Above this (99 % of the voxels) bone is too bright for Hounsfield units, unless all values are raised. */
export const brightestBone = 2800
