import { offsetWithin } from './offset.ts'
import { expected, expectedAir, type GreyLook, softTissue } from './tissues.ts'

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

/** Values that stay as they are. */
export const unchanged: GreyCalibration = { scale: 1, offset: 0 }

/** Minimum share of the voxels near the peak of soft tissue in a head. */
export const minSoft = 0.08

/** Air far off, as in cone-beam scans: the scale that brings it, and soft tissue or else bone, to where they belong. */
export function stretched(air: number, look: GreyLook): GreyCalibration {
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

/** Values that are off by an offset alone. @param air where it lies in them */
export function shifted(air: number, offset: number): GreyCalibration {
  const done = offset < 0 ? `raised by ${-offset}, which was subtracted` : `lowered by ${offset}, which was added`
  return {
    scale: 1,
    offset,
    note: `Its values are no Hounsfield units: air lies at ${Math.round(air)}. They were taken to be ${done}.`
  }
}

/** Why a scan's values cannot be brought to Hounsfield units. */
export function unknownScale(air: number | undefined, brightest: number): string {
  const dark = air === undefined ? 'no air was found' : `air lies at ${Math.round(air)}`
  return (
    `its values are no Hounsfield units and cannot be made some (${dark}, 99 % of the voxels lie below ` +
    `${Math.round(brightest)}); export it from the scanner anew, with its rescale slope and intercept`
  )
}
