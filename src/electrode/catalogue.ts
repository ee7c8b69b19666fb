import { z } from 'zod'
import { InputError, UsageError } from '../core/errors.ts'
import { arrayFile, type ElectrodeArray } from './array.ts'
import data from './catalogue.json' with { type: 'json' }

const sources: Readonly<Record<string, string>> = data.sources

/**
 * Arrays whose figures are published where anyone can look them up. A figure that was not found in a public source is
 * left out: no diameters, no arrays of which only the name was found.
 */
export const catalogue: readonly ElectrodeArray[] = arrayFile
  .parse({ arrays: data.arrays })
  .arrays.map(({ source, also, ...array }) => ({
    ...array,
    source: [source, ...(also ?? [])].map((id) => sources[id] ?? id).join('; ')
  }))

/** The arrays of a user's own file. @throws InputError naming what is wrong with it; `source` names the file */
export function decodeArrays(value: unknown, source: string): readonly ElectrodeArray[] {
  const parsed = arrayFile.safeParse(value)
  if (parsed.success) return parsed.data.arrays
  const problem = z.prettifyError(parsed.error).replaceAll(/\s+/g, ' ')
  throw new InputError(source, `does not list electrode arrays: ${problem}; see docs/how-to/electrode.md`)
}

/**
 * The array of an id or an alias, in large or small letters; arrays of one's own go before those of the catalogue.
 * @throws UsageError that lists the known ids
 */
export function findArray(id: string, own: readonly ElectrodeArray[] = []): ElectrodeArray {
  const wanted = id.toLowerCase()
  const all = [...own, ...catalogue]
  const found = all.find((array) => array.id === wanted || array.alias?.includes(wanted))
  if (found !== undefined) return found
  throw new UsageError(`there is no array "${id}"; known are ${all.map((array) => array.id).join(', ')}`)
}
