import type { Scan } from '../../core/volume.ts'
import { type GreyCalibration, shifted, stretched, type UnknownGreys, unchanged, unknownScale } from './conversions.ts'
import { type Greys, greysOf, type HistogramPeak, peaksOf, shareBelow, valueAtShare } from './histogram.ts'
import { isNegative, offsetOf } from './offset.ts'
import { saturationNote } from './saturation.ts'
import { brightestBone, expectedAir, type GreyLook, noiseBelow } from './tissues.ts'
import { withoutNegatives } from './without-negatives.ts'

/** Where the peak of air lies in scans in Hounsfield units; gains of 10 % do no harm. */
const acceptedAir = { low: -1120, high: -850 }

/** Air brighter than this is not due to a factor but to an offset, as of cone-beam scanners. */
const conebeamAir = -600

/** Minimum share of the voxels near a peak for it to count as that of a tissue. */
const minPeak = 0.012

/** No tissue is darker than this, and air is never as bright, in Hounsfield units. */
const darkestTissue = -200

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

const negative =
  'its values are no Hounsfield units: it seems to be a negative, in which air is bright and bone dark; ' +
  'export it from the scanner anew, with its rescale slope and intercept'
