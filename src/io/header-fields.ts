import { InputError } from '../core/errors.ts'
import { decimalOf } from './decimal.ts'

/** The fields of a text header by name, each with the values it was given, under any of its names. */
export type HeaderFields = ReadonlyMap<string, readonly string[]>

/** Fields by lower-case name. @param synonyms the usual name of a field, by another one */
export function headerFields(
  lines: Iterable<readonly [name: string, value: string]>,
  synonyms: ReadonlyMap<string, string> = new Map()
): HeaderFields {
  const fields = new Map<string, string[]>()
  for (const [name, value] of lines) {
    const lower = name.trim().toLowerCase()
    const usual = synonyms.get(lower) ?? lower
    const known = fields.get(usual)
    if (known === undefined) fields.set(usual, [value.trim()])
    else known.push(value.trim())
  }
  return fields
}

/**
 * The value of a field; undefined where it is not there.
 * @throws InputError if it was given several times with values that differ
 */
export function fieldOf(source: string, fields: HeaderFields, name: string): string | undefined {
  const [first, ...others] = fields.get(name.toLowerCase()) ?? []
  if (first === undefined || others.every((other) => isSame(first, other))) return first
  throw new InputError(source, `its header gives ${name} more than once, with different values; remove the wrong one`)
}

/** Whether two values are the same words, or the same numbers but for rounding. */
function isSame(a: string, b: string): boolean {
  const [wordsA, wordsB] = [wordsOf(a.toLowerCase()), wordsOf(b.toLowerCase())]
  return (
    wordsA.length === wordsB.length &&
    wordsA.every((word, n) => {
      const [x, y] = [decimalOf(word), decimalOf(wordsB[n] as string)]
      if (x === undefined || y === undefined) return word === wordsB[n]
      return Math.abs(x - y) <= 1e-6 * Math.max(1, Math.abs(x))
    })
  )
}

export function wordsOf(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '')
}

/**
 * How many bytes or lines a header skips before the voxels; 0 where it does not say.
 * @throws InputError if that is no whole number from `least` on
 */
export function skipOf(source: string, text: string | undefined, what: 'bytes' | 'lines', least: 0 | -1): number {
  const skip = text === undefined ? 0 : decimalOf(text)
  if (skip !== undefined && Number.isSafeInteger(skip) && skip >= least) return skip
  throw new InputError(source, `its header skips ${text} ${what}, which is no whole number from ${least} on`)
}
