import { analyze } from '../../analyze/analyze.ts'
import type { Model } from '../../analyze/model.ts'
import { InputError, NoEarError } from '../../core/errors.ts'
import type { EvaluationCase } from '../../evaluate/cases/find-cases.ts'
import type { Observation } from '../../evaluate/cases/observed-ear.ts'
import { findPrediction, readPrediction } from '../../evaluate/cases/read-prediction.ts'
import { readScan } from '../../node/read-scan.ts'

/** Where predictions come from. */
export interface Predictor {
  /** For people. */
  readonly name: string
  /** Predictions of other versions are others: such as the hashes of a model's files. */
  readonly version: string
  /** The files a prediction is made from. */
  inputs(one: EvaluationCase): Promise<readonly string[]>
  predict(one: EvaluationCase, signal: AbortSignal): Promise<Observation>
}

/**
 * Analyses each scan. A scan in which no ear is found, or could be, is predicted to have none.
 * @param augment whether outlines are means of several looks
 */
export function analysingPredictor(name: string, model: Model, augment = false): Predictor {
  const scanOf = ({ id, scan, truth, labels }: EvaluationCase): string => {
    if (scan !== null) return scan
    throw new InputError(
      truth ?? labels ?? id,
      `the scan of case ${id} is missing; put it there as ct.nii.gz or ${id}.nii.gz`
    )
  }
  return {
    name,
    version: `${model.detector.sha256} ${model.segmenter.sha256}${augment ? ' augmented' : ''}`,
    inputs: async (one) => [scanOf(one)],
    async predict(one, signal) {
      try {
        const { scan } = await readScan(scanOf(one))
        const { labels, ears } = await analyze(scan, model, { signal, augment })
        return { labels, ears: ears.map(({ side, frame, landmarks }) => ({ side, place: frame.origin, landmarks })) }
      } catch (error) {
        if (error instanceof NoEarError) return { labels: null, ears: [] }
        throw error
      }
    }
  }
}

/** Reads what this or another program has predicted. */
export function readingPredictor(folder: string): Predictor {
  return {
    name: `the files in ${folder}`,
    version: '',
    async inputs({ id }) {
      const files = await findPrediction(folder, id)
      return Object.values(files).filter((path) => path !== null)
    },
    predict: async ({ id }) => readPrediction(await findPrediction(folder, id))
  }
}
