import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeHalves, encodeHalves, largestHalf } from '../../src/onnx/half.ts'

/** Every finite half: both signs, 31 exponents, 1024 fractions. */
const finite = Uint16Array.from({ length: 2 * 31 * 1024 }, (_, n) => (n < 31 * 1024 ? n : 0x8000 + n - 31 * 1024))
const values = decodeHalves(finite)
/** Those from 0 up; `positive[n]` is the number with the bits n. */
const positive = values.subarray(0, 31 * 1024)

const half = (number: number): number => decodeHalves(encodeHalves(Float32Array.of(number)))[0] as number
const floats = fc.float({ min: -largestHalf, max: largestHalf, noNaN: true })

describe('half precision', () => {
  it.each([
    [0x0000, 0],
    [0x8000, -0],
    [0x0001, 2 ** -24],
    [0x03ff, 1023 * 2 ** -24],
    [0x0400, 2 ** -14],
    [0x3555, 0.333251953125],
    [0x3c00, 1],
    [0xc000, -2],
    [0x7bff, 65504],
    [0x7c00, Number.POSITIVE_INFINITY],
    [0xfc00, Number.NEGATIVE_INFINITY],
    [0x7e00, Number.NaN]
  ])('reads the bits %i as IEEE 754 says: %d', (bits, number) => {
    expect(decodeHalves(Uint16Array.of(bits))[0]).toBe(number)
  })

  it('keeps every finite half bit for bit, and those from 0 up are in order', () => {
    expect(encodeHalves(values)).toEqual(finite)
    expect(positive.every((x, n) => n === 0 || x > (positive[n - 1] as number))).toBe(true)
  })

  it('rounds what lies between two neighbours to the nearer one, and the middle to the even one', () => {
    fc.assert(
      fc.property(
        fc.nat(positive.length - 2),
        fc.constantFrom(1, -1),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (n, sign, share) => {
          const [below, above] = [positive[n] as number, positive[n + 1] as number]
          const middle = (below + above) / 2
          expect(half(sign * middle)).toBe(sign * (n % 2 === 0 ? below : above))
          const number = Math.fround(below + share * (above - below))
          fc.pre(number !== middle)
          expect(half(sign * number)).toBe(sign * (number < middle ? below : above))
        }
      )
    )
  })

  it('moves no number by more than half of a unit in the eleventh place, and none of them past another', () => {
    fc.assert(
      fc.property(floats, floats, (a, b) => {
        expect(Math.abs(half(a) - a)).toBeLessThanOrEqual(Math.max(Math.abs(a) * 2 ** -11, 2 ** -25))
        expect(Math.sign(half(a) - half(b)) * Math.sign(a - b)).toBeGreaterThanOrEqual(0)
      })
    )
  })

  it.each([65520, -65520, 1e10, Number.POSITIVE_INFINITY, Number.NaN])('refuses %d', (number) => {
    expect(() => encodeHalves(Float32Array.of(1, number))).toThrow(RangeError)
  })

  it('rounds what is just below the limit to the largest half', () => {
    expect(half(65519.99)).toBe(largestHalf)
  })
})
