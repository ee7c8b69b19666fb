import type { Side } from '../core/anatomy.ts'
import { InputError } from '../core/errors.ts'
import { printable } from '../core/printable.ts'
import { markupsOf } from '../io/decode-markups.ts'
import type { FileAccess } from '../io/file-access.ts'
import { readJson } from '../io/json.ts'
import type { MarkedEar } from './observed-ear.ts'
import { pairEars } from './pair-ears.ts'

/**
 * The ears of a 3D Slicer markups file: its lists that hold any landmark. A list's name may name the side.
 * @throws InputError naming the file if it cannot be read or is no markups file, or if a list's name holds both sides
 */
export async function readMarkups(files: FileAccess, path: string): Promise<MarkedEar[]> {
  const value = await readJson(files, path)
  return markupsOf(value, path).flatMap(({ name = '', landmarks }) => {
    const side = sideNamed(name, path)
    return landmarks.length === 0 ? [] : [{ landmarks, side }]
  })
}

/** The side that stands in a list's name as a separate word: `Left`, `right_ear`, `RightEar`, not `copyright`. */
function sideNamed(name: string, source: string): Side | null {
  const words = name
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
  const sides = (['left', 'right'] as const).filter((side) => words.includes(side))
  if (sides.length < 2) return sides[0] ?? null
  throw new InputError(source, `its list "${printable(name)}" is named by both sides; make a list of each ear`)
}

/**
 * Ears as two files give them. Landmarks are those of the lists, where there are lists at all; the sides are those
 * of the other file.
 */
export function joinEars(ears: readonly MarkedEar[], lists: readonly MarkedEar[] | null): MarkedEar[] {
  return pairEars(ears, lists).map(({ given: other, list }) => ({
    side: other?.side ?? list?.side ?? null,
    landmarks: list?.landmarks ?? (lists === null ? (other?.landmarks ?? []) : [])
  }))
}
