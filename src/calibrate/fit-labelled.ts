import type { Model } from '../analyze/model.ts'
import type { Calibration } from '../network/calibration.ts'
import type { ValueCalibration } from './apply-values.ts'
import { fitDeviations } from './fit.ts'
import type { LabelledEar } from './labelled-ear.ts'
import type { QuantityError } from './observe.ts'
import { clinicalEdge, clinicalFrom, type LabelledObservation, observeLabelled } from './observe-labelled.ts'
import { tooFew } from './too-few.ts'

/** Labelled ears that a model is calibrated on. */
export interface LabelledEars {
  /** What reports call them. */
  readonly name: string
  readonly count: number
  /** Reads them one by one. */
  readonly ears: AsyncIterable<LabelledEar>
}

/** Minimum number of labelled ears from which deviations are estimated. */
export const fewestLabelledEars = 5

interface LabelledFit {
  readonly calibration: NonNullable<Calibration['labelled']>
  readonly errors: readonly (readonly QuantityError[])[]
  /** In clinical voxels; absent where too few ears were found in them. */
  readonly clinical?: readonly (readonly QuantityError[])[]
}

/** @throws ModelError when the model finds too few of them */
export async function fitLabelled(
  model: Model,
  { name, ears, count }: LabelledEars,
  values: ValueCalibration,
  seed: number,
  counted: <T>(work: Promise<T>) => Promise<T>
): Promise<LabelledFit> {
  const observed: LabelledObservation[] = []
  for await (const ear of ears) {
    const one = await counted(observeLabelled(model, ear, values, seed + observed.length))
    if (one !== undefined) observed.push(one)
  }
  if (observed.length < fewestLabelledEars) throw tooFew(model, fewestLabelledEars, observed.length, count, 'labelled')
  const errors = observed.map((one) => one.errors)
  const seen = observed.map((one) => one.clinicalErrors).filter((one) => one !== undefined)
  const clinical = seen.length < fewestLabelledEars ? undefined : seen
  return {
    calibration: {
      name,
      ears: observed.length,
      voxelEdge: Math.max(...observed.map(({ voxelEdge }) => voxelEdge)),
      deviations: fitDeviations(errors),
      ...(clinical && {
        coarseVoxels: { from: clinicalFrom, voxelEdge: clinicalEdge, deviations: fitDeviations(clinical) }
      })
    },
    errors,
    ...(clinical && { clinical })
  }
}
