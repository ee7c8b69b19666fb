/** The largest finite number of IEEE 754's binary16. */
export const largestHalf = 65504

/** Half way from {@link largestHalf} to the number that would follow it: numbers from here on round to infinity. */
const overflow = 65520
/** Exponent of the smallest normal half; subnormal numbers have the same spacing. */
const smallestExponent = -14
const fractionBits = 10

/** Whether a number's nearest half is finite. */
export function fitsHalf(number: number): boolean {
  return Math.abs(number) < overflow
}

/**
 * Float32 numbers as the bits of IEEE 754 binary16, rounded to the nearest, ties to the even one.
 * @throws RangeError if a number is not finite or too large
 */
export function encodeHalves(numbers: Float32Array): Uint16Array {
  const singles = new Uint32Array(numbers.buffer, numbers.byteOffset, numbers.length)
  return new Uint16Array(numbers.length).map((_, at) => {
    const number = numbers[at] as number
    if (!fitsHalf(number)) throw new RangeError(`${number} is beyond half precision`)
    const bits = singles[at] as number
    const exponent = Math.max(((bits >>> 23) & 0xff) - 127, smallestExponent)
    // In steps of the last place. Of a normal number it has the leading bit too, which, added, raises the exponent by
    // one, as does a number that is rounded up to the next power of two.
    const steps = roundToEven(Math.abs(number) * 2 ** (fractionBits - exponent))
    return ((bits >>> 31) << 15) + ((exponent - smallestExponent) << fractionBits) + steps
  })
}

/** The numbers that the bits of IEEE 754 binary16 stand for; float32 holds each of them exactly. */
export function decodeHalves(halves: Uint16Array): Float32Array {
  return new Float32Array(halves).map((bits) => {
    const sign = bits >>> 15 === 0 ? 1 : -1
    const exponent = (bits >>> fractionBits) & 0x1f
    const fraction = (bits & 0x3ff) / 1024
    if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
    if (exponent === 0) return sign * fraction * 2 ** smallestExponent
    return sign * (1 + fraction) * 2 ** (exponent - 15)
  })
}

/** @param number not negative */
function roundToEven(number: number): number {
  const below = Math.floor(number)
  const rest = number - below
  return rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below
}
