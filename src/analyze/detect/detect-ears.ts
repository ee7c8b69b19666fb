import type { Network } from '../model.ts'
import type { AnalyzeOptions } from '../options.ts'
import { type Candidate, judge } from '../predict/candidate.ts'
import { labyrinthComponents } from '../predict/labyrinth-components.ts'
import { coveringGrid, imageOn, worldGrid } from '../predict/network-input.ts'
import { selectPlaces } from '../segment/both-ears.ts'
import { assertSearchable } from './limits.ts'
import type { SearchInput } from './search-inputs.ts'
import { slide } from './sliding-window.ts'

/** Smallest component (mm³) that is looked at: part of an ear, seen by a window in passing. */
const minVolume = 20

/** Most components that are looked at, largest first. */
const maxComponents = 12

/**
 * Finds the ears in a scan: slides the detector over it, then predicts once more at every place where it saw a labyrinth,
 * this time with that place in the middle, and keeps what has the shape of an ear.
 * @returns at most one right and one left ear, best first; or two of one side that may be a head's both
 */
export async function detectEars(
  { scan, axes, outside }: SearchInput,
  detector: Network,
  options: AnalyzeOptions = {}
): Promise<Candidate[]> {
  const grid = coveringGrid(detector, scan.geometry, axes)
  assertSearchable(grid)
  const image = imageOn(scan, grid, outside)
  const { all } = labyrinthComponents(image.geometry, await slide(detector, image, options))
  const places = all.filter(({ volume }) => volume >= minVolume).sort((a, b) => b.volume - a.volume)
  const candidates: Candidate[] = []
  for (const { center } of places.slice(0, maxComponents)) {
    options.signal?.throwIfAborted()
    const prediction = await detector.predict(imageOn(scan, worldGrid(detector, center, axes), outside))
    const candidate = judge(prediction, detector.metadata.heatmapSigma)
    if (candidate !== undefined) candidates.push(candidate)
  }
  return selectPlaces(candidates)
}
