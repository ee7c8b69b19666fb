import { InvalidArgumentError } from 'commander'

/** Parsers of option values; Commander prints what they refuse with the option and the value it was given. */
type Parser<T> = (text: string) => T

/** @param most the largest number there is, where that is not obvious */
export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): Parser<number> {
  return (text) => {
    const value = numberIn(text)
    if (Number.isSafeInteger(value) && value >= least && value <= most) return value
    const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`
    throw new InvalidArgumentError(`is not a whole number ${range}`)
  }
}

/** A share of all, from 0 to 1. */
export function share(text: string): number {
  const value = numberIn(text)
  if (value >= 0 && value <= 1) return value
  throw new InvalidArgumentError('is not a share, which is a number from 0 to 1')
}

/** A length in mm. */
export function millimetres(most?: number): Parser<number> {
  return amount('a length in mm', most)
}

/** A number above 0. @param what it is, with its article and unit */
export function amount(what: string, most = Number.POSITIVE_INFINITY): Parser<number> {
  return (text) => {
    const value = numberIn(text)
    if (value > 0 && value <= most && Number.isFinite(value)) return value
    throw new InvalidArgumentError(`is not ${what} above 0${Number.isFinite(most) ? ` and up to ${most}` : ''}`)
  }
}

/** Two lengths in mm with a comma between, the smaller first. */
export function millimetreRange(text: string): [number, number] {
  const [from, to, ...more] = text.split(',').map(numberIn)
  if (from !== undefined && to !== undefined && more.length === 0 && from > 0 && to >= from) return [from, to]
  throw new InvalidArgumentError('is not a range in mm, such as 30,60')
}

/** Several of a list of words with commas between, or `none`. */
export function severalOf<T extends string>(known: readonly T[]): Parser<T[]> {
  return (text) => {
    if (text === 'none') return []
    return text.split(',').map((word) => {
      const found = known.find((one) => one === word.trim().toLowerCase())
      if (found !== undefined) return found
      throw new InvalidArgumentError(`"${word}" is not one of ${known.join(', ')} or none`)
    })
  }
}

/** Names with commas between. */
export function names(text: string): string[] {
  const found = text.split(',').map((name) => name.trim())
  if (found.every((name) => name !== '')) return found
  throw new InvalidArgumentError('is not names with commas between')
}

/** The number in a text; NaN if it is not a number or empty. */
function numberIn(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text)
}
