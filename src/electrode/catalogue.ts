import { InputError, UsageError } from '../core/errors.ts'
import { schemaFaults } from '../core/schema-faults.ts'
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

/**
 * The arrays of a user's own file. One of the catalogue's ids stands for the user's array, as docs/how-to/plan-electrode.md says.
 * @throws InputError naming what is wrong with it, such as one id or alias of two arrays; `source` names the file
 */
export function decodeArrays(value: unknown, source: string): readonly ElectrodeArray[] {
  const parsed = arrayFile.safeParse(value)
  if (!parsed.success) {
    const faults = schemaFaults(arrayFile, value).join('; ')
    throw new InputError(source, `does not list electrode arrays: ${faults}; see docs/how-to/plan-electrode.md`)
  }
  const { arrays } = parsed.data
  const names = arrays.flatMap(namesOf)
  const twice = names.find((name, n) => names.indexOf(name) < n)
  if (twice !== undefined) {
    throw new InputError(source, `lists two arrays of the id or alias "${twice}"; give each a name of its own`)
  }
  return arrays
}

/** The ids of the catalogue's arrays that arrays of one's own stand for, by id or alias. */
export function replacedIds(own: readonly ElectrodeArray[]): readonly string[] {
  const names = new Set(own.flatMap(namesOf))
  return catalogue.filter((array) => namesOf(array).some((name) => names.has(name))).map(({ id }) => id)
}

/** What an array is found by, each name once, in small letters. */
function namesOf({ id, alias = [] }: ElectrodeArray): string[] {
  return [...new Set([id, ...alias].map((name) => name.toLowerCase()))]
}

/**
 * The array of an id or an alias, in large or small letters; arrays of one's own go before those of the catalogue.
 * @throws UsageError that lists the known ids
 */
export function findArray(id: string, own: readonly ElectrodeArray[] = []): ElectrodeArray {
  const wanted = id.toLowerCase()
  const all = [...own, ...catalogue]
  const found = all.find((array) => namesOf(array).includes(wanted))
  if (found !== undefined) return found
  throw new UsageError(`there is no array "${id}"; known are ${all.map((array) => array.id).join(', ')}`)
}
