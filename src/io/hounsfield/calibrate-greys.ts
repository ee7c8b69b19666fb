import type { Scan } from '../../core/volume.ts'
import { type Greys, greysOf, type HistogramPeak, peaksOf, shareBelow, valueAtShare } from './histogram.ts'
import { isNegative, offsetOf, offsetWithin } from './offset.ts'
import { saturationNote } from './saturation.ts'
import { expected, expectedAir, type GreyLook, softTissue, someSoft } from './tissues.ts'

/** What makes a scan's values Hounsfield units: scale × value + offset. */
export interface GreyCalibration {
  readonly scale: number
  readonly offset: number
  /** What was unusual and what was done about it; undefined where the values are plausible Hounsfield units. */
  readonly note?: string
  /** That dense bone is cut off, where it is. */
  readonly saturation?: string
}

/** A scan whose values cannot be brought to Hounsfield units, with the reason, to follow the scan's name. */
export interface UnknownGreys {
  readonly problem: string
}

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

/** In a scan with air of its own, 0.1 % of the voxels are darker than this. */
const darkestAir = -930

/**
 * How a scan's values become Hounsfield units, derived from the peaks of its histogram: mainly that of air, which every scan
 * of an ear shows; of soft tissue or bone too where the scale is another. Values that may be Hounsfield units stay as they
 * are, since a small error of the scale does no harm.
 */
export function calibrateGreys(scan: Scan): GreyCalibration | UnknownGreys {
  const greys = greysOf(scan)
  const calibration = calibrationOf(greys)
  if ('problem' in calibration) return calibration
  const saturation = saturationNote(greys, calibration)
  return saturation === undefined ? calibration : { ...calibration, saturation }
}

function calibrationOf(greys: Greys): GreyCalibration | UnknownGreys {
  const { histogram } = greys
  const peaks = peaksOf(histogram).filter(({ share }) => share >= minPeak)
  const brightest = valueAtShare(histogram, 0.99)
  const look: GreyLook = { greys, peaks, brightest }
  const air = airOf(greys, peaks)
  const span = brightest - (air ?? valueAtShare(histogram, 0.01))
  if (span < acceptedSpan.low || span > acceptedSpan.high) return { problem: unknownScale(air, brightest) }
  if (air === undefined || air - valueAtShare(histogram, 0.001) >= noiseBelow) {
    const [darkest, highest] = [valueAtShare(histogram, 0.01), valueAtShare(histogram, 0.999)]
    // Bone alone, of which some is cut off, may look like a negative; its darkest voxels are soft tissue.
    if (Math.abs(darkest) > 300 && isNegative(look, darkest, highest)) return { problem: negative }
  }
  if (shareBelow(histogram, -100) < 1e-4) return withoutNegatives(look)
  if (air === undefined) return withoutAir(look)
  if (air >= acceptedAir.low && air <= acceptedAir.high) return unchanged
  // A peak of cells half filled with air is no scale that is off: then there is darker air as well.
  const darkest = valueAtShare(histogram, 0.001)
  if (air < acceptedAir.low || (air < conebeamAir && air - darkest < 60)) return scaled(air, look)
  if (air >= conebeamAir) return air - darkest < noiseBelow ? stretched(air, look) : unchanged
  return darkest > darkestAir ? (raisedAsIs(air, look) ?? unchanged) : unchanged
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

/** A scan whose lowest peak is as bright as tissue: without air, or raised. */
function withoutAir(look: GreyLook): GreyCalibration {
  const [lowest] = look.peaks
  if (lowest === undefined || look.brightest <= brightestBone) return unchanged
  return raisedAsIs(lowest.value, look) ?? unchanged
}

/** The scan shifted, where that makes more of it than its values as they are. */
function raisedAsIs(air: number, look: GreyLook): GreyCalibration | undefined {
  const offset = offsetOf(air, look, (value) => value)
  return offset === undefined ? undefined : shifted(air, offset)
}

/** Air off by a factor, or by an offset where that explains the other tissues better. */
function scaled(air: number, look: GreyLook): GreyCalibration {
  const scale = expectedAir(look.greys) / air
  const offset = offsetOf(air, look, (value) => scale * value)
  if (offset !== undefined) return shifted(air, offset)
  return {
    scale,
    offset: 0,
    note: `Its values are no Hounsfield units: air lies at ${Math.round(air)}. They were multiplied by ${scale.toFixed(2)}.`
  }
}

/** Air far off, as in cone-beam scans: the scale that brings it, and soft tissue or else bone, to where they belong. */
function stretched(air: number, look: GreyLook): GreyCalibration {
  const { greys, peaks, brightest } = look
  const between = (value: number): number => (value - air) / (brightest - air)
  const boneShare = Math.max(0, ...peaks.filter(({ value }) => between(value) >= 0.6).map(({ share }) => share))
  const soft = softTissue(air, look, Math.max(minSoft, 2 * boneShare))
  const [from, to] = soft === undefined ? [brightest, expected.bone] : [soft, expected.soft]
  const scale = (to - expectedAir(greys)) / (from - air)
  const alone = offsetWithin(scale, air, look)
  if (alone !== undefined) return shifted(air, alone)
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

function shifted(air: number, offset: number): GreyCalibration {
  const done = offset < 0 ? `raised by ${-offset}, which was subtracted` : `lowered by ${offset}, which was added`
  return {
    scale: 1,
    offset,
    note: `Its values are no Hounsfield units: air lies at ${Math.round(air)}. They were taken to be ${done}.`
  }
}

const negative =
  'its values are no Hounsfield units: it seems to be a negative, in which air is bright and bone dark; ' +
  'export it from the scanner anew, with its rescale slope and intercept'

function unknownScale(air: number | undefined, brightest: number): string {
  const dark = air === undefined ? 'no air was found' : `air lies at ${Math.round(air)}`
  return (
    `its values are no Hounsfield units and cannot be made some (${dark}, 99 % of the voxels lie below ` +
    `${Math.round(brightest)}); export it from the scanner anew, with its rescale slope and intercept`
  )
}

/** Air and soft tissue of a scan that was stored without negative numbers. */
const raisedAir = { low: -60, high: 250 }
const raisedTissue = { low: 850, high: 1300 }

/** Above this (99 % of the voxels) bone is too bright for a scan raised by 1024, in Hounsfield units. */
const brightestRaised = 3300

/** How far from 0 air may lie to be that of a scan raised by the usual 1000 or 1024. */
const usuallyRaised = 50

/** A scan of no value clearly below zero: raised as a whole, or without any air in it. */
function withoutNegatives(look: GreyLook): GreyCalibration | UnknownGreys {
  const { greys, peaks, brightest } = look
  const { cutOff } = greys
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
  if (Math.abs(lowest) <= usuallyRaised) return raisedBy(lowest < -12 ? 1000 : 1024)
  const offset = offsetFromAir(lowest, look)
  if (offset !== undefined) return shifted(lowest, offset)
  if (cutOff !== undefined && softTissue(lowest, look, minSoft) !== undefined) return stretched(lowest, look)
  const isUsual = (showsTissue || lowest <= raisedAir.high) && brightest - 1024 <= brightestRaised
  return isUsual ? raisedBy(1024) : { problem: unknownScale(undefined, brightest) }
}

/** The offset of a scan of no negative values whose lowest ones are air. */
function offsetFromAir(lowest: number, look: GreyLook): number | undefined {
  const { cutOff, histogram } = look.greys
  if (cutOff === undefined && lowest - valueAtShare(histogram, 0.001) >= noiseBelow) return undefined
  const isNoTissue = cutOff !== undefined || lowest <= raisedAir.high || (look.peaks[0]?.share ?? 0) < minSoft
  if (isNoTissue) return offsetOf(lowest, look, (value) => value)
  // What is brighter and not cut off may be soft tissue itself, of a scan raised by the usual amount.
  if (softTissue(lowest, look, someSoft) === undefined) return undefined
  return offsetOf(lowest, look, (value) => value - 1024, lowest)
}

function raisedBy(raise: number): GreyCalibration {
  return {
    scale: 1,
    offset: -raise,
    note: `Its values are no Hounsfield units: none is clearly below 0. They were taken to be raised by ${raise}, which was subtracted.`
  }
}
