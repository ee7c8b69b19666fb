import { expected, expectedAir, type GreyLook, softTissue, someSoft } from './tissues.ts'

/** What a 12-bit scanner's values span, from the cut-off of air to that of metal. */
const twelveBits = 4095

/** Where soft tissue, or fluid, and the brightest bone can lie in a scan in Hounsfield units. */
const plausibleSoft = { low: -150, high: 250 }
const plausibleBone = { low: 800, high: 3300 }

/** Where both mostly lie, and by how much scans differ. */
const usual = { soft: 40, softSpread: 100, bone: 2200, boneSpread: 600 }

/** How much likelier an offset must be where no soft tissue shows which it is. */
const withoutSoft = 1

/**
 * The offset that brings air, and everything else with it, to where it belongs, as after a rescale intercept that was left
 * out, applied twice or of another sign; undefined where another reading of the values is likelier.
 * @param air where air seems to lie
 * @param rival what the other reading makes of a value
 * @param rivalSoft what the other reading takes for soft tissue, where that is another value
 */
export function offsetOf(
  air: number,
  look: GreyLook,
  rival: (value: number) => number,
  rivalSoft?: number
): number | undefined {
  const { greys, brightest } = look
  const offset = Math.round(expectedAir(greys) - air)
  // A factor would have changed the span as well.
  if (greys.cutOff !== undefined && greys.highest - greys.cutOff === twelveBits) return offset
  if (!isWithin(brightest + offset, plausibleBone)) return undefined
  const soft = softTissue(air, look, someSoft)
  const [here, there] = [soft === undefined ? undefined : soft + offset, rivalSoft ?? soft]
  const other = there === undefined ? undefined : rival(there)
  // A peak that is soft tissue in neither reading shows nothing.
  if (isSoft(here)) return oddity(here, brightest + offset) < oddity(other, rival(brightest)) ? offset : undefined
  if (isSoft(other)) return undefined
  return oddity(undefined, brightest + offset) + withoutSoft < oddity(undefined, rival(brightest)) ? offset : undefined
}

function isSoft(value: number | undefined): boolean {
  return value !== undefined && isWithin(value, plausibleSoft)
}

/** A scale that differs from 1 by less does no harm: air that is off is then due to an offset alone. */
const harmlessGain = 0.1

/** The offset where the scale that was derived from air and another tissue is about 1. */
export function offsetWithin(scale: number, air: number, { greys }: GreyLook): number | undefined {
  return Math.abs(scale - 1) <= harmlessGain ? Math.round(expectedAir(greys) - air) : undefined
}

/** How far from the usual a scan is in which soft tissue and bone lie there. */
function oddity(soft: number | undefined, bone: number): number {
  const ofSoft = soft === undefined ? 0 : Math.abs(soft - usual.soft) / usual.softSpread
  return ofSoft + Math.abs(bone - usual.bone) / usual.boneSpread
}

/** Share of the voxels near the highest values that air is at least, where a scan shows some; from `muchAir` on it is nothing else. */
const someAir = 0.02
const muchAir = 0.1

/** How far, by noise, the last peak may lie below the highest values. */
const atTheEnd = 160

/**
 * Whether a scan is a negative: bright air and dark bone. Its brightest voxels then lie close together, as those of air do,
 * soft tissue lies as far below them as it should lie above air, and the darkest trail off.
 */
export function isNegative({ greys, peaks }: GreyLook, darkest: number, highest: number): boolean {
  const last = peaks.at(-1)
  if (greys.cutOff !== undefined || last === undefined) return false
  if (last.share < someAir || highest - last.value > atTheEnd) return false
  const mirrored = (value: number): number => highest + expected.air - value
  const soft = peaks.some(({ value, share }) => share >= someSoft && isWithin(mirrored(value), plausibleSoft))
  return (soft || last.share >= muchAir) && isWithin(mirrored(darkest), plausibleBone)
}

function isWithin(value: number, { low, high }: { readonly low: number; readonly high: number }): boolean {
  return value >= low && value <= high
}
