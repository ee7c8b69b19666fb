import { analyze } from '../../analyze/analyze.ts'
import type { Model } from '../../analyze/model.ts'
import { type CaseFiles, scanOf } from '../../cases/case-files.ts'
import { checkPrediction, type KnownGrid } from '../../cases/check-prediction.ts'
import { checkPlaces } from '../../cases/check-truth.ts'
import type { FileNote } from '../../cases/file-note.ts'
import type { LabelNumbers } from '../../cases/label-numbers.ts'
import { checkLabelsOverScan } from '../../cases/labels-over-scan.ts'
import type { Observation, OutlinedEar } from '../../cases/observed-ear.ts'
import { openPredictions, readPrediction } from '../../cases/predictions.ts'
import { scanGrid } from '../../cases/scan-grid.ts'
import { NoEarError } from '../../core/errors.ts'
import type { Geometry } from '../../core/geometry/geometry.ts'
import { nameOf } from '../../io/file-access.ts'
import { diskFiles } from '../../node/file-access.ts'
import { readScan } from '../../node/read-scan.ts'
import { givenPath } from '../given-path.ts'

/** What a prediction is made from. */
export interface PredictionInputs {
  readonly files: readonly string[]
  /** What the numbers in its labels mean; null where they are those of the anatomy table. */
  readonly labelNumbers: LabelNumbers | null
}

/** What a prediction of a case is made, or judged, with. */
export interface PredictionContext {
  readonly truth: Observation<OutlinedEar>
  readonly signal: AbortSignal
  /** Is told what to know of how the scan or the prediction was read; of a file its name, without its folder. */
  readonly note: FileNote
}

/** Where predictions come from. */
export interface Predictor {
  /** For people. */
  readonly name: string
  /** Predictions of other versions are others: such as the hashes of a model's files. */
  readonly version: string
  /** Where they are read; undefined where they are made. */
  readonly folder?: string
  /** What a prediction is made from. */
  inputs(one: CaseFiles): Promise<PredictionInputs>
  /** @throws InputError where it lies elsewhere than scan and truth */
  predict(one: CaseFiles, given: PredictionContext): Promise<Observation>
}

/**
 * Analyses each scan. A scan in which no ear is found, or could be, is predicted to have none.
 * @param augmentOutlines whether outlines are means of several views
 */
export function analysingPredictor(name: string, model: Model, augmentOutlines = false): Predictor {
  return {
    name,
    version: `${model.detector.sha256} ${model.segmenter.sha256}${augmentOutlines ? ' augmented' : ''}`,
    inputs: async (one) => ({ files: [scanOf(one)], labelNumbers: null }),
    async predict(one, { truth, signal, note }) {
      try {
        const { scan, source } = await readScan(scanOf(one))
        for (const text of source.notes) note(nameOf(scanOf(one)), text)
        checkPlaces(one, truth, scan.geometry)
        if (truth.labels !== null)
          checkLabelsOverScan(one.labels ?? one.id, truth.labels, scanOf(one), scan, (file, text) =>
            note(nameOf(file), text)
          )
        const { labels, ears, notes } = await analyze(scan, model, { signal, augmentOutlines })
        for (const text of notes ?? []) note(nameOf(scanOf(one)), text)
        return {
          labels,
          outlined: 'parts',
          ears: ears.map(({ side, frame, landmarks }) => ({ side, place: frame.origin, landmarks }))
        }
      } catch (error) {
        if (error instanceof NoEarError) return { labels: null, outlined: 'parts', ears: [] }
        throw error
      }
    }
  }
}

/** Reads what this or another program has predicted. @throws InputError when the folder cannot be read */
export async function readingPredictor(folder: string): Promise<Predictor> {
  const predictions = await openPredictions(diskFiles, folder)
  return {
    name: `the files in ${givenPath(folder)}`,
    version: '',
    folder,
    async inputs(one) {
      const { labels, labelCopy, labelNumbers, markups, result, record } = await predictions.find(one)
      return { files: [labels, labelCopy, markups, result, record].filter((path) => path !== null), labelNumbers }
    },
    async predict(one, { truth, note }) {
      const prediction = await predictions.find(one)
      const { labelNumbers } = one
      const predicted = await readPrediction(
        diskFiles,
        prediction,
        (file, text) => note(`predicted ${nameOf(file)}`, text),
        { labelNumbers, outlined: truth.outlined }
      )
      const scan = gridOf(one.scan, await scanGrid(diskFiles, one.scan))
      checkPrediction(prediction, predicted, scan, gridOf(one.labels, truth.labels?.geometry))
      return predicted
    }
  }
}

function gridOf(file: string | null, geometry: Geometry | undefined): KnownGrid | undefined {
  return file === null || geometry === undefined ? undefined : { file, geometry }
}
