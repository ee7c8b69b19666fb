import { NoEarError } from '../core/errors.ts'

/**
 * What was thrown, with what was noted when the scan was read where no ear is seen in it: the notes often say why.
 * @param notes as `ScanSource` has them
 */
export function withNotes(thrown: unknown, notes: readonly string[]): unknown {
  if (!(thrown instanceof NoEarError) || notes.length === 0) return thrown
  const noted = notes.map((note) => note.replace(/\.$/, '')).join('; ')
  return new NoEarError(`${thrown.message} (noted when it was read: ${noted})`, { cause: thrown })
}
