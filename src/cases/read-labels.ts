import { parts } from '../core/anatomy.ts'
import { InputError } from '../core/errors.ts'
import type { Volume } from '../core/volume.ts'
import { type FileAccess, folderOf, pathIn } from '../io/file-access.ts'
import { decodeLabelMap, type LabelMap } from '../io/label-map.ts'
import type { FileNote } from './file-note.ts'
import type { LabelNumbers } from './label-numbers.ts'
import { segmentNumbers } from './segment-numbers.ts'

/** A label map in the numbers of the anatomy table. */
export interface Outlines {
  readonly labels: Volume<Uint8Array>
  /** Whether there is a label for each part, or only one (1) for the whole labyrinth. */
  readonly outlined: 'parts' | 'labyrinth'
  /** Whether a list of labels, or the file itself, says what its numbers mean. */
  readonly isNamed: boolean
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
 * The structures in a label map. What its numbers mean is said by the list of labels that is given, or else by the names in the
 * file itself; otherwise they are those of the anatomy table, and a map with no label but 1 is the labyrinth as a whole.
 * @throws InputError if it holds a number that means nothing, or names its labels otherwise than the list; `source` names
 * the file
 */
export function outlinesOf(map: LabelMap, given: LabelNumbers | null, source: string): Outlines {
  const { geometry, data, segments = [] } = map
  const named = segmentNumbers(segments, source)
  const numbers = given ?? named
  const table = numbers?.table ?? ownTable
  const unknown = data.find((label) => table[label] === undefined)
  if (unknown !== undefined) throw new InputError(source, unknownLabel(unknown, numbers))
  if (numbers === null) {
    const isWhole = data.includes(1) && data.every((label) => label <= 1)
    return { labels: { geometry, data }, outlined: isWhole ? 'labyrinth' : 'parts', isNamed: false }
  }
  assertSameNames(data, numbers, named, source)
  const labels = { geometry, data: data.map((label) => table[label] ?? 0) }
  return { labels, outlined: numbers.outlined, isNamed: true }
}

/** Names in the file itself must say what the list of labels does. */
function assertSameNames(data: Uint8Array, numbers: LabelNumbers, named: LabelNumbers | null, source: string): void {
  if (named === null) return
  const isOther = (label: number): boolean =>
    label > 0 &&
    named.table[label] !== undefined &&
    (named.table[label] !== numbers.table[label] || (numbers.table[label] !== 0 && named.outlined !== numbers.outlined))
  const other = data.find(isOther)
  if (other === undefined) return
  throw new InputError(source, `names the label ${other} otherwise than the list of labels does; mend the wrong one`)
}

const ownTable: Readonly<Record<number, number>> = Object.fromEntries(
  [0, ...parts.map(({ label }) => label)].map((n) => [n, n])
)

function unknownLabel(label: number, numbers: LabelNumbers | null): string {
  if (numbers !== null) return `holds the label ${label}, of which the list of labels does not say what it is`
  const table = parts.map(({ label: own, name }) => `${own} ${name.toLowerCase()}`).join(', ')
  return `holds the label ${label}; labels are ${table}, or 1 for all of them`
}
