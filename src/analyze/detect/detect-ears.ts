import type { Network } from '../model.ts'
import type { AnalyzeOptions } from '../options.ts'
import { type Candidate, judge } from '../predict/candidate.ts'
import { coveringGrid, imageOn, worldGrid } from '../predict/network-input.ts'
import { holdBothEars, selectPlaces } from '../segment/both-ears.ts'
import { findPlaces } from './find-places.ts'
import { assertSearchable } from './limits.ts'
import type { SearchInput } from './search-inputs.ts'

/** Most places that count, the largest first. */
const maxPlaces = 12

/**
 * Finds the ears in a scan: searches it for places where the detector predicts a labyrinth, predicts again with each place in the
 * middle of the window, and keeps predictions with the shape of an ear. The search ends with a head's second ear.
 * @returns at most one right and one left ear, best first; or two of one side that may be a head's both
 */
export async function detectEars(
  { scan, axes, outside }: SearchInput,
  detector: Network,
  options: AnalyzeOptions = {}
): Promise<Candidate[]> {
  const grid = coveringGrid(detector, scan.geometry, axes)
  assertSearchable(grid)
  const places: { readonly volume: number; readonly candidate: Candidate | undefined }[] = []
  const candidatesOf = (some: typeof places): Candidate[] => some.flatMap(({ candidate }) => candidate ?? [])
  for await (const { center, volume } of findPlaces(detector, imageOn(scan, grid, outside), options)) {
    options.signal?.throwIfAborted()
    const prediction = await detector.predict(imageOn(scan, worldGrid(detector, center, axes), outside))
    places.push({ volume, candidate: judge(prediction, detector.metadata.heatmapSigma) })
    if (holdBothEars(candidatesOf(places))) break
  }
  return selectPlaces(candidatesOf(places.sort((a, b) => b.volume - a.volume).slice(0, maxPlaces)))
}
