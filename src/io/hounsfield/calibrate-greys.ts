import type { Scan } from '../../core/volume.ts'
import { type Greys, greysOf, type HistogramPeak, peaksOf, shareBelow, valueAtShare } from './histogram.ts'

/** What makes a scan's values Hounsfield units: scale × value + offset. */
export interface GreyCalibration {
  readonly scale: number
  readonly offset: number
  /** What was unusual and what was done about it; undefined where the values are plausible Hounsfield units. */
  readonly note?: string
}

/** A scan whose values cannot be brought to Hounsfield units, with the reason, to follow the scan's name. */
export interface UnknownGreys {
  readonly problem: string
}

/** Hounsfield units of air, and where scanners cut it off; of soft tissue; 99 % of a temporal bone's voxels are below `bone`. */
const expected = { air: -1000, cutOff: -1024, soft: 40, bone: 2300 }

/** Where the peak of air lies in scans in Hounsfield units; gains of 10 % do no harm. */
const acceptedAir = { low: -1120, high: -850 }

/** Air brighter than this is not due to a factor but to an offset, as of cone-beam scanners. */
const conebeamAir = -600

/** How far noise reaches below the peak of air; real air lies farther below anything that is brighter. */
const noiseBelow = 320

/** Minimum share of the voxels near a peak for it to count as that of a tissue. */
const minPeak = 0.012

/** Minimum share of the voxels near the peak of soft tissue in a head. */
const minSoft = 0.08

/** No tissue is darker than this, and air is never as bright, in Hounsfield units. */
const darkestTissue = -200

/** Above this (99 % of the voxels) bone is too bright for Hounsfield units, unless all values are raised. */
const brightestBone = 2800

/** Limits of the range from air to the brightest bone (99 % of the voxels), on any scale; outside them a scan is not CT. */
const acceptedSpan = { low: 500, high: 9000 }

/** Air and soft tissue of a scan that was stored without negative numbers. */
const raisedAir = { low: -60, high: 250 }
const raisedTissue = { low: 850, high: 1300 }

/**
 * How a scan's values become Hounsfield units, derived from the peaks of its histogram: mainly that of air, which every scan
 * of an ear shows; of soft tissue or bone too where the scale is another. Values that may be Hounsfield units stay as they
 * are, since a small error of the scale does no harm.
 */
export function calibrateGreys(scan: Scan): GreyCalibration | UnknownGreys {
  const greys = greysOf(scan)
  const { histogram } = greys
  const peaks = peaksOf(histogram).filter(({ share }) => share >= minPeak)
  const brightest = valueAtShare(histogram, 0.99)
  const air = airOf(greys, peaks)
  const span = brightest - (air ?? valueAtShare(histogram, 0.01))
  if (span < acceptedSpan.low || span > acceptedSpan.high) return { problem: unknownScale(air, brightest) }
  if (shareBelow(histogram, -100) < 1e-4) return withoutNegatives(greys, peaks, brightest)
  if (air === undefined || (air >= acceptedAir.low && air <= acceptedAir.high)) return unchanged
  // A peak of cells half filled with air is no scale that is off: then there is darker air as well.
  const darker = air - valueAtShare(histogram, 0.001)
  if (air < acceptedAir.low || (air < conebeamAir && darker < 60)) return scaled(air, greys)
  return air >= conebeamAir && darker < noiseBelow ? stretched(air, greys, peaks, brightest) : unchanged
}

const unchanged: GreyCalibration = { scale: 1, offset: 0 }

/** Where air lies: where values are cut off, else at the lowest peak, if that is no tissue's. */
function airOf({ cutOff, histogram }: Greys, peaks: readonly HistogramPeak[]): number | undefined {
  if (cutOff !== undefined) return cutOff
  const [lowest] = peaks
  if (lowest === undefined || lowest.value > darkestTissue) return undefined
  // Most of what lies below the lowest peak must be its own noise.
  return shareBelow(histogram, lowest.value - 300) < lowest.share ? lowest.value : undefined
}

/** A scan of no value clearly below zero: raised as a whole, or without any air in it. */
function withoutNegatives({ cutOff }: Greys, peaks: readonly HistogramPeak[], brightest: number): GreyCalibration {
  const lowest = cutOff ?? peaks[0]?.value ?? 0
  const showsAir = cutOff !== undefined && lowest >= raisedAir.low && lowest <= raisedAir.high
  const showsTissue = peaks.some(
    ({ value, share }) => share >= minSoft && value >= raisedTissue.low && value <= raisedTissue.high
  )
  if (!showsAir && !showsTissue && brightest <= brightestBone) {
    return {
      ...unchanged,
      note: 'No voxel is as dark as air, so that it cannot be checked whether its values are Hounsfield units.'
    }
  }
  const raise = lowest < -12 ? 1000 : 1024
  return {
    scale: 1,
    offset: -raise,
    note: `Its values are no Hounsfield units: none is clearly below 0. They were taken to be raised by ${raise}, which was subtracted.`
  }
}

function expectedAir({ cutOff }: Greys): number {
  return cutOff === undefined ? expected.air : expected.cutOff
}

/** Air off by a factor. */
function scaled(air: number, greys: Greys): GreyCalibration {
  const scale = expectedAir(greys) / air
  return {
    scale,
    offset: 0,
    note: `Its values are no Hounsfield units: air lies at ${Math.round(air)}. They were multiplied by ${scale.toFixed(2)}.`
  }
}

/** Air far off, as in cone-beam scans: the scale that brings it, and soft tissue or else bone, to where they belong. */
function stretched(air: number, greys: Greys, peaks: readonly HistogramPeak[], brightest: number): GreyCalibration {
  const between = (value: number): number => (value - air) / (brightest - air)
  const boneShare = Math.max(0, ...peaks.filter(({ value }) => between(value) >= 0.6).map(({ share }) => share))
  const soft = peaks.filter(
    ({ value, share }) => share >= Math.max(minSoft, 2 * boneShare) && between(value) > 0.2 && between(value) < 0.6
  )
  const largest = soft.reduce<HistogramPeak | undefined>(
    (a, b) => (a !== undefined && a.share > b.share ? a : b),
    undefined
  )
  const [from, to] = largest === undefined ? [brightest, expected.bone] : [largest.value, expected.soft]
  const scale = (to - expectedAir(greys)) / (from - air)
  const offset = expectedAir(greys) - scale * air
  const sign = offset < 0 ? '−' : '+'
  return {
    scale,
    offset,
    note:
      `Its values are no Hounsfield units: air lies at ${Math.round(air)}, the densest bone at ${Math.round(brightest)}. ` +
      `They were brought near (× ${scale.toFixed(2)} ${sign} ${Math.abs(Math.round(offset))}).`
  }
}

function unknownScale(air: number | undefined, brightest: number): string {
  const dark = air === undefined ? 'no air was found' : `air lies at ${Math.round(air)}`
  return (
    `its values are no Hounsfield units and cannot be made some (${dark}, 99 % of the voxels lie below ` +
    `${Math.round(brightest)}); export it from the scanner anew, with its rescale slope and intercept`
  )
}
