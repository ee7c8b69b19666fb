import { voxelCount } from '../core/geometry.ts'
import { noProgress } from '../core/progress.ts'
import { createVolume, type Scan } from '../core/volume.ts'
import { settleSides } from './both-ears.ts'
import type { Candidate } from './candidate.ts'
import { findEars } from './find.ts'
import type { EarFinding, Findings } from './findings.ts'
import { interpretEar } from './interpret.ts'
import { pasteLabels } from './labels.ts'
import { assertCanShowEar } from './limits.ts'
import { lookAgain } from './look-again.ts'
import type { Model, Network } from './model.ts'
import type { AnalyzeOptions } from './options.ts'
import { type Outline, outlineEar } from './outline.ts'
import { createStopwatch } from './stopwatch.ts'

/**
 * Finds the inner ears in a CT scan, outlines their parts and marks their landmarks.
 *
 * The finder slides over the whole scan and says where an ear may be and how it lies; the outliner looks at each ear
 * in the ear's own frame, twice; its answer is brought back to the scan's own grid. Looks from other frames make its
 * landmarks more exact and tell how far the answer is to be trusted.
 * @param scan Hounsfield units; any orientation and handedness of the grid
 * @returns what was found; no ears when there is none
 * @throws NoEarError when the scan's voxels are too thick or its field of view too small to show an inner ear
 * @throws ResourceError when the scan is too large to be searched
 */
export async function analyze(scan: Scan, model: Model, options: AnalyzeOptions = {}): Promise<Findings> {
  const stopwatch = createStopwatch()
  options.signal?.throwIfAborted()
  assertCanShowEar(scan.geometry)
  const candidates = await findEars(scan, model.finder, options)
  stopwatch.lap('find')
  const outlines = await outlineEars(scan, candidates, model.outliner, options)
  options.signal?.throwIfAborted()
  stopwatch.lap('outline')
  const interpreted: (EarFinding | undefined)[] = []
  for (const outline of outlines) {
    const isEnough = options.lookAgain === false
    const settled = isEnough ? { outline, repeats: [] } : await lookAgain(scan, model.outliner, outline, options)
    options.signal?.throwIfAborted()
    interpreted.push(await interpretEar(settled, scan.geometry))
  }
  const ears = interpreted.filter((ear) => ear !== undefined)
  const labels = createVolume(scan.geometry, new Uint8Array(voxelCount(scan.geometry)))
  for (const ear of ears) pasteLabels(labels, ear.labels)
  stopwatch.lap('interpret')
  return { labels, ears, timings: stopwatch.laps }
}

async function outlineEars(
  scan: Scan,
  candidates: readonly Candidate[],
  outliner: Network,
  { progress = noProgress, signal }: AnalyzeOptions
): Promise<Outline[]> {
  const outlines: Outline[] = []
  for (const [done, { poses }] of candidates.entries()) {
    signal?.throwIfAborted()
    progress({ stage: 'outlining ears', done, total: candidates.length })
    const outline = await outlineEar(scan, outliner, poses)
    if (outline !== undefined) outlines.push(outline)
  }
  if (candidates.length > 0) progress({ stage: 'outlining ears', done: candidates.length, total: candidates.length })
  // A closer look may have turned a left ear into a right one.
  return settleSides(scan, outliner, outlines)
}
