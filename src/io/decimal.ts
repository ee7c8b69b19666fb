const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/**
 * A decimal number as the text headers of image formats hold one, spaces around it apart; undefined for anything else: an
 * empty text, a hexadecimal number, NaN, infinity, or more than a float64 holds.
 */
export function decimalOf(text: string): number | undefined {
  const trimmed = text.trim()
  const value = decimal.test(trimmed) ? Number(trimmed) : Number.NaN
  return Number.isFinite(value) ? value : undefined
}
