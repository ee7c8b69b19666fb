import { markupsOf } from '../io/decode-markups.ts'
import type { FileAccess } from '../io/file-access.ts'
import { readJson } from '../io/json.ts'
import type { MarkedEar } from './observed-ear.ts'

/**
 * The ears of a 3D Slicer markups file: its lists that hold any landmark. A list's name may tell the side.
 * @throws InputError naming the file if it cannot be read or is none
 */
export async function readMarkups(files: FileAccess, path: string): Promise<MarkedEar[]> {
  const lists = markupsOf(await readJson(files, path), path)
  return lists.flatMap(({ name = '', landmarks }) => {
    const side = (['left', 'right'] as const).find((side) => name.toLowerCase().includes(side)) ?? null
    return landmarks.length === 0 ? [] : [{ landmarks, side }]
  })
}

/**
 * Ears as two files give them. Landmarks are those of the lists, where there are lists at all; the sides are those
 * of the other file. Of several ears those of one side belong together, and what then is left in its order.
 */
export function joinEars(ears: readonly MarkedEar[], lists: readonly MarkedEar[] | null): MarkedEar[] {
  if (lists === null) return [...ears]
  const left = [...ears]
  const take = (fits: (ear: MarkedEar) => boolean): MarkedEar | undefined => {
    const at = left.findIndex(fits)
    return at < 0 ? undefined : left.splice(at, 1)[0]
  }
  const severalLists = lists.length > 1
  const bySide = lists.map((list) => (list.side === null ? undefined : take(({ side }) => side === list.side)))
  const joined = lists.map((list, at) => {
    const other = bySide[at] ?? (list.side === null || !severalLists ? take(() => true) : undefined)
    return { side: other?.side ?? list.side, landmarks: list.landmarks }
  })
  return [...joined, ...left.map(({ side }) => ({ side, landmarks: [] }))]
}
