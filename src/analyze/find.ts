import type { Scan } from '../core/volume.ts'
import { findBlobs } from './blobs.ts'
import { selectPlaces } from './both-ears.ts'
import { type Candidate, judge } from './candidate.ts'
import { coveringGrid, imageOn, worldGrid } from './image.ts'
import { assertSearchable } from './limits.ts'
import type { Network } from './model.ts'
import type { AnalyzeOptions } from './options.ts'
import { slide } from './slide.ts'

/** Smallest blob (mm³) that is looked at: part of an ear, seen by a window in passing. */
const leastVolume = 20

/** Most blobs that are looked at, largest first. */
const mostBlobs = 12

/**
 * Finds the ears in a scan: slides the finder over it, then looks once more at every place where it saw a labyrinth,
 * this time with that place in the middle, and keeps what has the shape of an ear.
 * @returns at most one right and one left ear, best first; or two of one side that may be a head's both
 */
export async function findEars(scan: Scan, finder: Network, options: AnalyzeOptions = {}): Promise<Candidate[]> {
  const grid = coveringGrid(finder, scan.geometry)
  assertSearchable(grid)
  const image = imageOn(scan, grid)
  const { all } = findBlobs(image.geometry, await slide(finder, image, options))
  const places = all.filter(({ volume }) => volume >= leastVolume).sort((a, b) => b.volume - a.volume)
  const candidates: Candidate[] = []
  for (const { center } of places.slice(0, mostBlobs)) {
    options.signal?.throwIfAborted()
    const answer = await finder.answer(imageOn(scan, worldGrid(finder, center)))
    const candidate = judge(answer, finder.metadata.heatmapSigma)
    if (candidate !== undefined) candidates.push(candidate)
  }
  return selectPlaces(candidates)
}
