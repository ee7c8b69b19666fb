import { quantile } from '../../core/math/quantile.ts'
import { type Track, trackStep } from './track.ts'

/** Contacts less than this many voxels apart merge into a line. */
const merging = 2.5

/** Steps without metal between two contacts, as a share of their spacing. */
const gap = 0.8

/** HU of metal among bone. */
const metalFrom = 1800

/** The end of the metal is at this share of the way from the density beyond it to that of the array. */
const half = 0.5

/** mm before the end that are the array, and beyond it that are not. */
const array = { from: 3, to: 0.4 }
const beyond = 2

/**
 * Steps at which the most apical contact may lie by where the metal ends: contacts that merge fill a line that ends half a
 * spacing beyond it, seen to 0.1 mm in 30 of 36 generated scans. There are several where dense bone lies beyond.
 * @param spacing of the array, mm
 * @returns none for an array whose contacts are seen one by one
 */
export function tipsByEnd({ densities, window, edge }: Track, spacing: number): number[] {
  if (spacing > merging * edge) return []
  const steps = spacing / trackStep
  return endsOfMetal(densities, window, Math.round(gap * steps)).map((end) => end - steps / 2)
}

/**
 * Steps at which a line of metal may end: half way down from its density to that beyond it.
 * @param densities HU at each step of the track
 * @param from the first step that is looked at, inside the cochlea
 */
function endsOfMetal(densities: Float64Array, from: number, most: number): number[] {
  const ends = new Set<number>()
  for (let n = from; n < densities.length; n++) {
    if (isLastOf(densities, n, most)) ends.add(halfWayDown(densities, n, most))
  }
  return [...ends]
}

/** Whether a step is the last of metal before a gap. */
function isLastOf(densities: Float64Array, at: number, most: number): boolean {
  const isMetal = (density: number): boolean => density >= metalFrom
  return isMetal(densities[at] as number) && !densities.subarray(at + 1, at + 1 + most).some(isMetal)
}

/** The half level depends on where the end is: a few rounds settle it. */
function halfWayDown(densities: Float64Array, first: number, most: number): number {
  const steps = (mm: number): number => Math.round(mm / trackStep)
  let end = first
  for (let round = 0; round < 3; round++) {
    const before = densities.subarray(Math.max(0, end - steps(array.from)), Math.max(1, end - steps(array.to)))
    const [high, low] = [quantile(before, 0.5), Math.min(...densities.subarray(end, end + steps(beyond)))]
    const start = Math.max(0, end - most)
    const level = low + half * (high - low)
    const last = densities.subarray(start, end + most + 1).findLastIndex((density) => density >= level)
    if (last < 0) return end
    end = start + last
  }
  return end
}
