import { z } from 'zod'
import { type PartId, partLabel, parts } from '../core/anatomy.ts'
import { InputError } from '../core/errors.ts'

/** What the numbers of a foreign label map mean. */
export interface LabelNumbers {
  /** Whether each part has a label, or all of them are one label. */
  readonly outlined: 'parts' | 'labyrinth'
  /** The number in the anatomy table for each number in the file: 0 for what is no inner ear, 1 for all of it. */
  readonly table: Readonly<Record<number, number>>
}

type Meaning = PartId | 'labyrinth' | 'background' | 'ignore'

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

const oneOrMore = z.union([
  z.coerce
    .number()
    .pipe(z.int().min(0).max(255))
    .transform((number) => [number]),
  z.array(z.int().min(0).max(255)).min(1)
])

/**
 * What label numbers mean by their names: `{"cochlea": 1, …}` as nnU-Net 2 writes them, regions of several numbers among
 * them, or `{"1": "cochlea", …}` as nnU-Net 1 and the Medical Segmentation Decathlon do. Other structures, such as
 * ossicles, are background; the parts of the inner ear must be there all three or as one.
 * @returns what they mean, and a line that says so
 * @throws InputError if the inner ear is named in part only, or in a way that is not understood
 */
export function labelNumbersOf(
  labels: Readonly<Record<string, unknown>>,
  source: string
): { readonly numbers: LabelNumbers; readonly note: string } {
  const named = namedNumbers(labels, source)
  const table: Record<number, number> = { 0: 0 }
  const left: string[] = []
  let outlined: LabelNumbers['outlined'] = 'labyrinth'
  for (const { meaning, numbers } of named) {
    const label = parts.find(({ id }) => id === meaning)?.label
    if (label === undefined) continue
    outlined = 'parts'
    for (const number of numbers) table[number] = label
  }
  for (const { name, meaning, numbers } of named) {
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

function namedNumbers(labels: Readonly<Record<string, unknown>>, source: string) {
  const isFormer = Object.keys(labels).every((key) => /^\d+$/.test(key))
  return Object.entries(labels).map(([key, value]) => {
    const [name, given] = isFormer ? [String(value), key] : [key, value]
    const numbers = oneOrMore.safeParse(given)
    if (!numbers.success) throw new InputError(source, `gives the label "${name}" no number from 0 to 255`)
    return { name, numbers: numbers.data, meaning: meaningOf(name) }
  })
}

function meaningOf(name: string): Meaning | undefined {
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
