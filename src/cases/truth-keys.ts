import { InputError } from '../core/errors.ts'
import { printable } from '../core/printable.ts'

/** Keys that can be meant for another: in small letters, without what stands between words, and in the singular. */
const meant: Readonly<Record<string, string>> = { side: 'side', landmark: 'landmarks', ear: 'ears' }

/**
 * A key that is nearly one that is read would be passed over without a word.
 * @param entry the file, or one of its `ears`
 * @throws InputError that says which key is meant
 */
export function checkKeys(entry: object, source: string): void {
  for (const key of Object.keys(entry)) {
    const plain = key.toLowerCase().replaceAll(/[^a-z]+/g, '')
    const right = meant[plain.replace(/s$/, '')]
    if (right === undefined || key === right) continue
    throw new InputError(
      source,
      `its "${printable(key)}" is not read; if "${right}" is meant, write that, else rename it`
    )
  }
}

/** What is said of one ear, as it is in the file. */
interface Said {
  readonly side?: string | null | undefined
  readonly landmarks: Readonly<Record<string, readonly number[] | null | undefined>>
}

/**
 * Beside `ears`, what is said of one ear is not read; it may only say again what one of them says.
 * @throws InputError if it says anything else
 */
export function checkBesideEars(one: Said, ears: readonly Said[], source: string): void {
  const said = ['side', 'landmarks'].filter((key) =>
    key === 'side' ? one.side !== undefined : Object.keys(one.landmarks).length > 0
  )
  const isNone = ears.length === 0 && (one.side ?? null) === null && !said.includes('landmarks')
  if (said.length === 0 || isNone || ears.some((ear) => says(ear, one))) return
  const names = said.map((key) => `"${key}"`).join(' and ')
  throw new InputError(
    source,
    `holds ${names} beside "ears", of which none says the same; say it in "ears" only, or leave "ears" out where there is one ear`
  )
}

function says(ear: Said, one: Said): boolean {
  if (one.side !== undefined && one.side !== (ear.side ?? null)) return false
  return Object.entries(one.landmarks).every(
    ([id, place]) => ear.landmarks[id] !== undefined && String(ear.landmarks[id]) === String(place)
  )
}
