import {
  type GreyCalibration,
  minSoft,
  shifted,
  stretched,
  type UnknownGreys,
  unchanged,
  unknownScale
} from './conversions.ts'
import { valueAtShare } from './histogram.ts'
import { offsetOf } from './offset.ts'
import { brightestBone, type GreyLook, noiseBelow, softTissue, someSoft } from './tissues.ts'

/** Air and soft tissue of a scan that was stored without negative numbers. */
const raisedAir = { low: -60, high: 250 }
const raisedTissue = { low: 850, high: 1300 }

/** Above this (99 % of the voxels) bone is too bright for a scan raised by 1024, in Hounsfield units. */
const brightestRaised = 3300

/** How far from 0 air may lie to be that of a scan raised by the usual 1000 or 1024. */
const usuallyRaised = 50

/** A scan of no value clearly below zero: raised as a whole, or without any air in it. */
export function withoutNegatives(look: GreyLook): GreyCalibration | UnknownGreys {
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
