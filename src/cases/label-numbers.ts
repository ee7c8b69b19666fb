import { z } from 'zod'
import { type PartId, partLabel, parts } from '../core/anatomy.ts'
import { InputError } from '../core/errors.ts'
import { printable } from '../core/printable.ts'

/** What the numbers of a foreign label map mean. */
export interface LabelNumbers {
  /** Whether each part has a label, or all of them are one label. */
  readonly outlined: 'parts' | 'labyrinth'
  /** The number in the anatomy table for each number in the file: 0 for what is no inner ear, 1 for all of it. */
  readonly table: Readonly<Record<number, number>>
}

/** What a label can mean. */
export type Meaning = PartId | 'labyrinth' | 'background' | 'ignore'

/** Names in small letters, words joined by one space, without the side. */
const meanings: readonly (readonly [pattern: RegExp, meaning: Meaning])[] = [
  [/^background$/, 'background'],
  [/^ignore$/, 'ignore'],
  [/^cochlea$/, 'cochlea'],
  [/^vestibul(e|um)$/, 'vestibule'],
  [/^(semicircular )?canals?$|^sccs?$/, 'semicircular_canals'],
  [/^(lateral|horizontal|posterior|superior|anterior) (semicircular )?canal$|^[lhpsa]sc?c$/, 'semicircular_canals'],
  [/^((whole|bony|membranous) )*labyrinth$|^inner ear$/, 'labyrinth']
]

const number = z.int().min(0).max(255)
/** Nothing else that JavaScript takes for a number, such as null, true or "" for 0 or 1. */
const oneNumber = z.union([
  number,
  z
    .string()
    .regex(/^\d+$/)
    .transform((digits) => Number(digits))
    .pipe(number)
])
const oneOrMore = z.union([oneNumber.transform((only) => [only]), z.array(oneNumber).min(1)])

interface NamedNumbers {
  readonly name: string
  readonly numbers: readonly number[]
  readonly meaning: Meaning | undefined
}

/**
 * What label numbers mean by their names: `{"cochlea": 1, …}` as nnU-Net 2 writes them, regions of several numbers among
 * them, or `{"1": "cochlea", …}` as nnU-Net 1 and the Medical Segmentation Decathlon do. Other structures, such as
 * ossicles, are background; the parts of the inner ear must be there all three or as one.
 * @returns what they mean, and a line that says so
 * @throws InputError if the inner ear is named in part only or in a way that is not understood, if 0 is anything but
 * background, or if a number has two meanings
 */
export function labelNumbersOf(
  labels: Readonly<Record<string, unknown>>,
  source: string
): { readonly numbers: LabelNumbers; readonly note: string } {
  const named = namedNumbers(labels, source)
  checkMeanings(named, source)
  const table: Record<number, number> = { 0: 0 }
  const left: string[] = []
  let outlined: LabelNumbers['outlined'] = 'labyrinth'
  for (const { meaning, numbers } of named) {
    const label = parts.find(({ id }) => id === meaning)?.label
    if (label === undefined) continue
    outlined = 'parts'
    for (const number of numbers) table[number] = label
  }
  // A region that has no known name says nothing of numbers that also are the labyrinth's.
  const rest = [...named.filter(isLabyrinth), ...named.filter((one) => !isLabyrinth(one))]
  for (const { name, meaning, numbers } of rest) {
    const open = numbers.filter((number) => table[number] === undefined)
    if (open.length === 0 || meaning === 'ignore') continue
    if (meaning === 'labyrinth' && outlined === 'parts') {
      throw new InputError(
        source,
        `names parts of the labyrinth, and ${open.join(', ')} "${name}" beside them; name its part`
      )
    }
    for (const number of open) table[number] = meaning === 'labyrinth' ? 1 : 0
    if (meaning === undefined) left.push(`${name} (${open.join(', ')})`)
  }
  assertWhole(Object.values(table), outlined, named, source)
  const said = (outlined === 'parts' ? parts : [{ label: 1, name: 'Labyrinth as a whole' }]).map(
    ({ label, name }) => `${numbersOf(table, label).join(', ')} ${name.toLowerCase()}`
  )
  return {
    numbers: { outlined, table },
    note: `${source}: labels are ${said.join('; ')}${left.length > 0 ? `; left out: ${left.join(', ')}` : ''}`
  }
}

function namedNumbers(labels: Readonly<Record<string, unknown>>, source: string): NamedNumbers[] {
  const isFormer = Object.keys(labels).every((key) => /^\d+$/.test(key))
  return Object.entries(labels).map(([key, value]) => {
    if (isFormer && typeof value !== 'string') {
      throw new InputError(source, `gives the number ${key} no name; write "${key}": "cochlea", or "cochlea": ${key}`)
    }
    const [name, given] = isFormer ? [String(value), key] : [key, value]
    const numbers = oneOrMore.safeParse(given)
    if (!numbers.success) {
      throw new InputError(source, `gives the label "${printable(name)}" no number from 0 to 255; write its number`)
    }
    return { name, numbers: numbers.data, meaning: meaningOf(name) }
  })
}

/**
 * 0 is what nothing is drawn in, so that as a part it would be the whole rest of the scan. A number has one meaning;
 * regions of several numbers, such as the labyrinth of its parts, may hold it besides.
 */
function checkMeanings(named: readonly NamedNumbers[], source: string): void {
  for (const { name, numbers, meaning } of named) {
    if (meaning === undefined || meaning === 'background' || !numbers.includes(0)) continue
    throw new InputError(source, `gives "${printable(name)}" the number 0, which is background; give it its own number`)
  }
  const claims = named.filter((one) => isPart(one) || one.numbers.length === 1)
  for (const [at, one] of claims.entries()) {
    const other = claims
      .slice(at + 1)
      .find((later) => later.meaning !== one.meaning && shared(one, later) !== undefined)
    if (other === undefined || shared(one, other) === 0) continue
    throw new InputError(
      source,
      `gives the number ${shared(one, other)} both to "${printable(one.name)}" and to "${printable(other.name)}"; give each its own number`
    )
  }
}

function shared(a: NamedNumbers, b: NamedNumbers): number | undefined {
  return a.numbers.find((number) => b.numbers.includes(number))
}

function isPart({ meaning }: NamedNumbers): boolean {
  return parts.some(({ id }) => id === meaning)
}

function isLabyrinth({ meaning }: NamedNumbers): boolean {
  return meaning === 'labyrinth'
}

/** What a label's name says; undefined if it is not known. */
export function meaningOf(name: string): Meaning | undefined {
  const words = name.toLowerCase().replaceAll(/[^a-z]+/g, ' ')
  const plain = words
    .replaceAll(/\b(left|right|l|r|the)\b/g, ' ')
    .replaceAll(/ +/g, ' ')
    .trim()
  return meanings.find(([pattern]) => pattern.test(plain))?.[1]
}

/** What is named in part only would be judged, and learnt, as if the rest were not there. */
function assertWhole(
  labels: readonly number[],
  outlined: LabelNumbers['outlined'],
  named: readonly { readonly name: string }[],
  source: string
): void {
  const wanted = outlined === 'parts' ? Object.values(partLabel) : [1]
  if (wanted.every((label) => labels.includes(label))) return
  const names = named.map(({ name }) => `"${name}"`).join(', ')
  throw new InputError(
    source,
    `names the labels ${names}; the inner ear must be there as cochlea, vestibule and semicircular canals, or as labyrinth`
  )
}

function numbersOf(table: Readonly<Record<number, number>>, label: number): string[] {
  return Object.keys(table).filter((number) => table[Number(number)] === label)
}

/** Whether numbers mean what they do where nothing is said of them. */
export function isOwnTable({ table }: LabelNumbers): boolean {
  return Object.entries(table).every(([number, label]) => label === 0 || Number(number) === label)
}
