/** How many slices are named one by one. */
const mostNamed = 3

/** Slices as a message names them, counted from one; `slices` as indices from zero. */
export function sliceNames(slices: readonly number[], count: number): string {
  const named = slices.slice(0, mostNamed).map((k) => k + 1)
  const more = slices.length - named.length
  return `${slices.length === 1 ? 'slice' : 'slices'} ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''} of ${count}`
}
