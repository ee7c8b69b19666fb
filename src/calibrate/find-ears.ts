import { analyze } from '../analyze/analyze.ts'
import type { EarFinding } from '../analyze/findings.ts'
import type { Model } from '../analyze/model.ts'
import { earReach } from '../core/anatomy.ts'
import { distance } from '../core/math/vector.ts'
import type { Scan } from '../core/volume.ts'
import { generateCase } from '../generate/case.ts'
import { type CaseOptions, caseOptions } from '../generate/sample/options.ts'
import type { LabelledEar } from './labelled-ear.ts'
import { type CalibrationEar, calibrationEar } from './observe.ts'

/** A case that is generated to calibrate on. */
export interface DrawnCase {
  readonly seed: number
  readonly index: number
  readonly options: CaseOptions
  /** Of any protocol; the others have coarse voxels. */
  readonly isOrdinary: boolean
}

/** Every protocol, one normal ear each, in a small field, so that finding it takes little time. */
const ordinaryOptions = caseOptions.parse({ withoutEar: 0, field: [26, 30] })

/** The same with voxels of 0.6 mm and more, slices up to 1.5 mm. */
const coarseOptions = caseOptions.parse({ withoutEar: 0, field: [26, 30], finest: 0.6, scanners: ['multi-slice'] })

/** Cases with coarse voxels for each ordinary one. */
const coarseShare = 0.5

/** First the ordinary cases, then those with coarse voxels, which are drawn from the next seed. */
export function drawnCases(seed: number, count: number): DrawnCase[] {
  const ordinary = Array.from({ length: count }, (_, index) => ({
    seed,
    index,
    options: ordinaryOptions,
    isOrdinary: true
  }))
  const coarse = Array.from({ length: Math.round(coarseShare * count) }, (_, index) => ({
    seed: seed + 1,
    index,
    options: coarseOptions,
    isOrdinary: false
  }))
  return [...ordinary, ...coarse]
}

/** The ear of a generated case as the model finds it; undefined where it does not, on its side. */
export async function findGeneratedEar(
  model: Model,
  { seed, index, options }: DrawnCase
): Promise<CalibrationEar | undefined> {
  const { scan, ears } = generateCase(seed, index, options)
  const [known] = ears
  if (known === undefined) return undefined
  const found = (await findUncalibrated(model, scan)).find(({ side }) => side === known.frame.side)
  return found && calibrationEar(found, known)
}

/** A labelled ear as the model finds it, within reach of its landmarks or labels. */
export async function findLabelledEar(model: Model, { scan, place }: LabelledEar): Promise<EarFinding | undefined> {
  return (await findUncalibrated(model, scan)).find(({ frame }) => distance(frame.origin, place) < earReach)
}

async function findUncalibrated({ segmenter, ...model }: Model, scan: Scan): Promise<readonly EarFinding[]> {
  const { calibration: _, ...metadata } = segmenter.metadata
  return (await analyze(scan, { ...model, segmenter: { ...segmenter, metadata } })).ears
}
