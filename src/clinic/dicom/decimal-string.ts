/** The most exact text of a number in the 16 characters of a decimal string (PS3.5, 6.2). */
export function decimalString(value: number): string {
  for (let digits = 15; digits > 0; digits--) {
    const text = String(Number(value.toPrecision(digits)) + 0)
    if (text.length <= 16) return text
  }
  throw new RangeError(`${value} does not fit into a decimal string`)
}
