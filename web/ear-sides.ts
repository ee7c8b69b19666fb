import type { Side } from '../src/core/anatomy.ts'

/** Which ears a scan shows, within a sentence. */
export function earSides(ears: readonly { readonly side: Side }[]): string {
  return ears.length > 1 ? 'both ears' : `the ${ears[0]?.side} ear`
}
