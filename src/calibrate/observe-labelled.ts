import type { EarFinding } from '../analyze/findings.ts'
import type { Model } from '../analyze/model.ts'
import { applyValues, type ValueCalibration } from './apply-values.ts'
import { clinicalScan, clinicalSpacing } from './clinical-scan.ts'
import { findLabelledEar } from './find-ears.ts'
import { type LabelledEar, labelledValues } from './labelled-ear.ts'
import { errorsAgainst, type QuantityError } from './observe.ts'

/**
 * Up to this edge (mm) voxels are fine enough to show what a clinical scan would, and those of a clinical scan are not: in
 * ratio half-way from 0.2 mm, of specimens and of cone-beam scans, to the 0.625 mm of a clinical scan.
 */
export const clinicalFrom = 0.35

/** Longest edge (mm) of the voxels of a simulated clinical scan. */
export const clinicalEdge = Math.max(...clinicalSpacing)

/** What was observed of one labelled ear. */
export interface LabelledObservation {
  readonly errors: readonly QuantityError[]
  /** In its scan brought to clinical voxels; undefined where that has coarse voxels itself or shows no ear then. */
  readonly clinicalErrors: readonly QuantityError[] | undefined
  /** Longest edge (mm) of its scan's voxels. */
  readonly voxelEdge: number
}

/**
 * How far each quantity is from what the label and the landmarks of a real ear are measured as.
 * @param values with which the ear is measured
 * @param seed of the noise of the clinical scan
 * @returns undefined where the model does not find the ear
 */
export async function observeLabelled(
  model: Model,
  ear: LabelledEar,
  values: ValueCalibration,
  seed: number
): Promise<LabelledObservation | undefined> {
  const found = await findWith(values, model, ear)
  if (found === undefined) return undefined
  const known = labelledValues(found, ear)
  const errors = errorsAgainst(known, found)
  const { voxelEdge } = found
  if (voxelEdge > clinicalFrom) return { errors, clinicalErrors: undefined, voxelEdge }
  const clinical = await findWith(values, model, { ...ear, scan: clinicalScan(ear.scan, seed) })
  return { errors, clinicalErrors: clinical && errorsAgainst(known, clinical), voxelEdge }
}

async function findWith(values: ValueCalibration, model: Model, ear: LabelledEar): Promise<EarFinding | undefined> {
  const found = await findLabelledEar(model, ear)
  return found && applyValues(found, values)
}
