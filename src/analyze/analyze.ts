import { UsageError } from '../core/errors.ts'
import { noProgress } from '../core/progress.ts'
import type { Scan } from '../core/volume.ts'
import { assertNoPicture, assertScan } from '../io/check-scan.ts'
import { detectEars } from './detect/detect-ears.ts'
import { recordedField } from './detect/field-of-view.ts'
import { assertCanShowEar } from './detect/limits.ts'
import { searchInputsOf } from './detect/search-inputs.ts'
import type { EarFinding, Findings } from './findings.ts'
import type { Model, Network } from './model.ts'
import type { AnalyzeOptions } from './options.ts'
import type { Candidate } from './predict/candidate.ts'
import { resolveSides } from './segment/both-ears.ts'
import { type EarOnScan, earOnScan } from './segment/ear-on-scan.ts'
import { labelsOfEars } from './segment/labels-on-scan.ts'
import type { ViewThread } from './segment/repeated-view.ts'
import { isDoubtful, type Segmentation, segmentEar } from './segment/segment-ear.ts'
import { type AugmentedEar, augmentTestTime } from './segment/test-time-augmentation.ts'
import { createStopwatch } from './stopwatch.ts'

/**
 * Finds the inner ears in a CT scan, outlines their parts and marks their landmarks.
 *
 * The detector slides over the whole scan and says where an ear may be and how it lies; the segmenter
 * predicts each ear in the ear's own frame, twice; its prediction is brought back to the scan's own grid. Predictions from
 * other frames make its landmarks more accurate and show how reliable the prediction is.
 * @param scan Hounsfield units, to which `acceptScan` brings other greys; any orientation and handedness of the grid
 * @returns what was found; no ears when there is none
 * @throws InputError when its voxels are of another type, do not fill its grid, are not finite or are those of a picture
 * @throws NoEarError when the scan's voxels are too thick or its field of view too small to show an inner ear
 * @throws ResourceError when the scan is too large to be searched
 * @throws UsageError when `augmentOutlines` is asked for without the views it takes the mean of, or the model was closed
 *
 * @example
 * ```ts
 * import { analyze, closeModel, openModel } from 'otomark'
 * import { defaultModelFolder, nodeRuntime, readModelFolder, readScan } from 'otomark/node'
 *
 * const model = await openModel(await readModelFolder(defaultModelFolder), nodeRuntime)
 * const { scan } = await readScan('head.nii.gz')
 * const { ears } = await analyze(scan, model, { progress: ({ stage }) => console.log(stage) })
 * for (const { side, landmarks } of ears) console.log(side, landmarks)
 * await closeModel(model)
 * ```
 */
export function analyze(scan: Scan, model: Model, options: AnalyzeOptions = {}): Promise<Findings> {
  return analyzeWith(scan, model, options)
}

/** As `analyze`. @param viewThread refines views of ears while this thread goes on; the findings are the same */
export async function analyzeWith(
  scan: Scan,
  model: Model,
  options: AnalyzeOptions,
  viewThread?: ViewThread
): Promise<Findings> {
  const stopwatch = createStopwatch()
  const { augmentTestTime: isAugmented = true, augment = false, augmentOutlines = augment } = options
  if (augmentOutlines && !isAugmented) {
    throw new UsageError(
      'analysing a scan: augmentOutlines takes the mean of what augmentTestTime: false leaves out; give one'
    )
  }
  options.signal?.throwIfAborted()
  assertScan('the scan to analyse', scan)
  assertNoPicture('the scan to analyse', scan)
  const field = recordedField(scan)
  assertCanShowEar(field.scan.geometry)
  let segmentations: Segmentation[] = []
  let seen: { readonly scan: Scan; readonly note?: string } = field
  for (const input of searchInputsOf(field.scan, field.isCylinder, model.detector)) {
    if (segmentations.length > 0 && !(input.settlesDoubt && segmentations.some(isDoubtful))) break
    const candidates = await detectEars(input, model.detector, options)
    stopwatch.lap('detect')
    const others = await segmentEars(input.scan, candidates, model.segmenter, options)
    options.signal?.throwIfAborted()
    stopwatch.lap('segment')
    if (totalScore(others) <= totalScore(segmentations)) continue
    segmentations = others
    seen = input
  }
  const augmented: AugmentedEar[] = []
  for (const segmentation of segmentations) {
    augmented.push(
      isAugmented
        ? await augmentTestTime(seen.scan, model.segmenter, segmentation, { ...options, augmentOutlines })
        : { segmentation, repeats: [] }
    )
    options.signal?.throwIfAborted()
    if (isAugmented) stopwatch.lap('augment')
  }
  const outlined: EarOnScan[] = []
  for (const one of augmented) {
    const ear = await earOnScan(one, scan, viewThread?.refine)
    if (ear !== undefined) outlined.push(ear)
    options.signal?.throwIfAborted()
  }
  stopwatch.lap('refine')
  viewThread?.meanwhile(
    outlined.map(({ ear }) => ear),
    scan
  )
  stopwatch.lap()
  const ears: EarFinding[] = []
  for (const { ear, repeats } of outlined) ears.push({ ...ear, repeats: await repeats })
  const labels = labelsOfEars(ears, scan.geometry)
  stopwatch.lap('refine')
  const notes = seen.note !== undefined && ears.length > 0 ? [seen.note] : []
  return { labels, ears, ...(augmentOutlines && { augmented: true }), notes, timings: stopwatch.laps }
}

function totalScore(segmentations: readonly Segmentation[]): number {
  return segmentations.reduce((sum, { score }) => sum + score, 0)
}

async function segmentEars(
  scan: Scan,
  candidates: readonly Candidate[],
  segmenter: Network,
  { progress = noProgress, signal }: AnalyzeOptions
): Promise<Segmentation[]> {
  const segmentations: Segmentation[] = []
  for (const [done, { poses }] of candidates.entries()) {
    signal?.throwIfAborted()
    progress({ stage: 'segmenting ears', done, total: candidates.length })
    const segmentation = await segmentEar(scan, segmenter, poses)
    if (segmentation !== undefined) segmentations.push(segmentation)
  }
  if (candidates.length > 0) progress({ stage: 'segmenting ears', done: candidates.length, total: candidates.length })
  // The segmenter may have turned a left ear into a right one.
  return resolveSides(scan, segmenter, segmentations)
}
