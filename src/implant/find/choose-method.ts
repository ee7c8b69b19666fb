import { median } from '../../core/math/quantile.ts'
import { distance } from '../../core/math/vector.ts'
import type { ChainedArray } from './by-chain.ts'
import { foldOfMetal } from './folded-tip.ts'
import { mayBeFolded, type PlacedArray, type PlacedContact } from './placed-array.ts'
import type { Track } from './track.ts'

/** Two methods agree if the median distance of their contacts is below this share of the spacing. */
const agreement = 0.25

/** Chooses between the contacts as blobs and those along the centreline. @param alongMetal places these, which takes longer */
export function chooseMethod(
  chained: ChainedArray | undefined,
  isDense: boolean,
  alongMetal: () => PlacedArray | string
): PlacedArray | string {
  // Where little metal shows along the centreline, blobs are more reliable.
  const isPreferred = chained !== undefined && (chained.isSure || !isDense)
  if (isPreferred && chained.folded === 'unlikely') return chained
  const along = alongMetal()
  if (chained === undefined || (!isPreferred && typeof along !== 'string')) return along
  // A fold would mislead the two methods in different ways, so that their agreement makes one less likely.
  const isConfirmed = typeof along !== 'string' && along.folded !== 'likely' && isSame(chained, along)
  return isConfirmed ? { ...chained, folded: chained.folded === 'likely' ? 'possible' : 'unlikely' } : chained
}

/**
 * An array whose tip may be folded over gets a remark. It is refused where the method that placed it finds a fold likely and so does
 * the fit of a folded array to the metal along the centreline.
 */
export function judgedForFold(placed: PlacedArray, track: Track): PlacedArray | string {
  const byMetal = foldOfMetal(track, placed.array)
  if (placed.folded === 'likely' && byMetal === 'likely') return foldedOver
  if (placed.folded === 'unlikely' && byMetal === 'unlikely') return placed
  return { ...placed, doubts: [...placed.doubts, mayBeFolded] }
}

const foldedOver = 'the tip seems to be folded over, so that the order of contacts is not certain'

function isSame(a: PlacedArray, b: PlacedArray): boolean {
  if (a.contacts.length !== b.contacts.length) return false
  const apart = a.contacts.map(({ position }, n) => distance(position, (b.contacts[n] as PlacedContact).position))
  return median(apart) < agreement * a.array.spacing
}
