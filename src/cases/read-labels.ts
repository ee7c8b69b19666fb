import { parts } from '../core/anatomy.ts'
import { InputError } from '../core/errors.ts'
import type { Volume } from '../core/volume.ts'
import { type FileAccess, folderOf, pathIn } from '../io/file-access.ts'
import { decodeLabelMap } from '../io/label-map.ts'
import type { FileNote } from './file-note.ts'
import type { LabelNumbers } from './label-numbers.ts'

/** A label map in the numbers of the anatomy table. */
export interface Outlines {
  readonly labels: Volume<Uint8Array>
  /** Whether there is a label for each part, or only one (1) for the whole labyrinth. */
  readonly outlined: 'parts' | 'labyrinth'
}

/** Reads labels. @throws InputError if they cannot be read, and as {@link outlinesOf} */
export async function readLabels(
  files: FileAccess,
  path: string,
  numbers: LabelNumbers | null,
  note?: FileNote
): Promise<Outlines> {
  const readDataFile = (name: string): Promise<Uint8Array> => files.read(pathIn(folderOf(path), name))
  const map = await decodeLabelMap(path, await files.read(path), readDataFile, (text) => note?.(path, text))
  return outlinesOf(map, numbers, path)
}

/**
 * The structures in a label map. If no label numbers are given, they are those of the anatomy table, and a map with no label but 1
 * is the labyrinth as a whole.
 * @throws InputError if it holds a number that means nothing; `source` names the file
 */
export function outlinesOf(
  { geometry, data }: Volume<Uint8Array>,
  numbers: LabelNumbers | null,
  source: string
): Outlines {
  const table = numbers?.table ?? ownTable
  const unknown = data.find((label) => table[label] === undefined)
  if (unknown !== undefined) throw new InputError(source, unknownLabel(unknown, numbers))
  if (numbers !== null) {
    return { labels: { geometry, data: data.map((label) => table[label] ?? 0) }, outlined: numbers.outlined }
  }
  const isWhole = data.includes(1) && data.every((label) => label <= 1)
  return { labels: { geometry, data }, outlined: isWhole ? 'labyrinth' : 'parts' }
}

const ownTable: Readonly<Record<number, number>> = Object.fromEntries(
  [0, ...parts.map(({ label }) => label)].map((n) => [n, n])
)

function unknownLabel(label: number, numbers: LabelNumbers | null): string {
  if (numbers !== null) return `holds the label ${label}, of which the list of labels does not say what it is`
  const table = parts.map(({ label: own, name }) => `${own} ${name.toLowerCase()}`).join(', ')
  return `holds the label ${label}; labels are ${table}, or 1 for all of them`
}
