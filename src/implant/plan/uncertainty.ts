import { degrees } from '../../core/math/angle.ts'
import { greenwoodFrequency } from '../../measure/cochlea/insertion.ts'
import { halfWidth90 } from '../../measure/measurement.ts'
import type { ArrayCourse } from './lay-array.ts'

/** What a plan's intervals follow from: how far the ear's measurements are to be trusted. */
export interface EarUncertainty {
  /** SD of the basal turn's length and of the whole duct's, as shares of them. */
  readonly basalTurn: number
  readonly wholeDuct: number
}

/** A 90 % interval. */
export interface Interval {
  readonly low: number
  readonly high: number
}

/**
 * SD (mm) of the middle of the round window, where depths begin, along the array, and of the modiolar axis, about which angles
 * are counted, across it. The first is an axis's share of the 0.34 mm that the round
 * window was off on average in eleven real ears (models/default/README.md); the second is an assumption.
 */
const entranceSd = 0.2
const axisSd = 0.15

/** @returns undefined where the measurements have no intervals, so that a plan has none either */
export function uncertaintyOf(
  measurements: readonly {
    readonly id: string
    readonly value: number | null
    readonly uncertainty?: { readonly sd: number } | undefined
  }[]
): EarUncertainty | undefined {
  const relative = (id: string): number | undefined => {
    const found = measurements.find((one) => one.id === id)
    return found?.value && found.uncertainty ? found.uncertainty.sd / found.value : undefined
  }
  const [basalTurn, wholeDuct] = [relative('basal_turn_length_traced'), relative('duct_length_traced')]
  return basalTurn === undefined || wholeDuct === undefined ? undefined : { basalTurn, wholeDuct }
}

/** Over so many mm to either side the angle's slope along an array is taken. */
const slopeReach = 0.25

/**
 * The angles (°) between which a contact lies: by the turns' size, the round window's place and the axis's.
 * @param radius of the contact from the modiolar axis, mm
 */
export function angleInterval(
  { basalTurn }: EarUncertainty,
  depth: number,
  { angleAt, length }: Pick<ArrayCourse, 'angleAt' | 'length'>,
  radius: number
): Interval {
  const angle = angleAt(depth)
  // Beyond the ends of the turns there are no angles.
  const [from, to] = [Math.max(0, depth - slopeReach), Math.min(length, depth + slopeReach)]
  const slope = (angleAt(to) - angleAt(from)) / (to - from)
  const byAxis = degrees(axisSd / radius)
  const half = halfWidth90 * Math.hypot(slope * depth * basalTurn, slope * entranceSd, byAxis)
  return { low: Math.max(0, angle - half), high: angle + half }
}

/** The frequencies (Hz) between which that of a contact lies: by its angle and by the whole duct's length. */
export function frequencyInterval(
  { wholeDuct }: EarUncertainty,
  angle: number,
  angles: Interval,
  frequency: (angle: number, longer: number) => number
): Interval {
  const middle = frequency(angle, 0)
  const octaves = (other: number): number => Math.log(other / middle)
  const off = (byAngle: number, longer: number): number =>
    Math.hypot(octaves(frequency(byAngle, 0)), octaves(frequency(angle, longer)))
  const by = halfWidth90 * wholeDuct
  return {
    low: Math.max(greenwoodFrequency(0), middle * Math.exp(-off(angles.high, -by))),
    high: Math.min(greenwoodFrequency(1), middle * Math.exp(off(angles.low, by)))
  }
}
