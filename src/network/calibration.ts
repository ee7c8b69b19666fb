import { z } from 'zod'
import { currentMeasurementId } from '../core/former-ids.ts'

const meanAndSd = z.strictObject({ mean: z.number(), sd: z.number().positive() })
const share = z.number().min(0).max(1)

function withCurrentIds(deviations: unknown): unknown {
  if (typeof deviations !== 'object' || deviations === null) return deviations
  return Object.fromEntries(Object.entries(deviations).map(([id, value]) => [currentMeasurementId(id), value]))
}

const deviations = z.preprocess(withCurrentIds, z.record(z.string(), z.number().min(0)))

/**
 * What is fitted to one set of a segmenter's weights and means nothing for others. `otomark calibrate` fits it on
 * generated ears with known truth and writes it into the model file.
 */
export const calibration = z.strictObject({
  /** What it was fitted by and on, so that it can be made again. */
  fitted: z.strictObject({
    command: z.string(),
    /** Seed of the generated cases, and in how many of them the ear was found. */
    seed: z.int(),
    ears: z.int().positive(),
    software: z.string()
  }),
  /**
   * By how much a part's logits exceed the log odds of the voxel's share inside: cross-entropy that weighs parts more
   * than the background makes for more of them. Fitted so that the mean volume of the labyrinth is right.
   */
  logitBias: z.number(),
  /** Shrinkage of the measured modiolar axis towards the mean ear's, 0 to 1. */
  axisShrinkage: share,
  /** Scores (0 to 1) from which a segmentation is accepted at once, and below which it is no ear's. */
  scores: z.strictObject({ settled: share, least: share }),
  /**
   * By a measurement's id: its error (SD, in its unit) even where all views of an ear agree. For lengths by formula: that of the
   * A value from which they are computed, without the error of the formula.
   */
  deviations,
  /** The same for scans whose voxels have an edge of more than `from` (mm); absent in older files. */
  coarseVoxels: z.strictObject({ from: z.number().positive(), deviations }).optional(),
  /**
   * From labelled real ears: the deviations of measurements from those of the labels. Where they are greater than on generated
   * ears, intervals are computed from them. Absent where there were no such ears.
   */
  labelled: z
    .strictObject({
      name: z.string(),
      ears: z.int().positive(),
      /** Longest edge (mm) of the voxels of their scans; of coarser ones nothing is known. */
      voxelEdge: z.number().positive().optional(),
      deviations,
      /** The same of their scans brought to clinical voxels, for scans with an edge of more than `from` (mm). */
      coarseVoxels: z
        .strictObject({ from: z.number().positive(), voxelEdge: z.number().positive(), deviations })
        .optional()
    })
    .optional(),
  /** Natural logarithms of the ratios of two parts' labelled volumes. */
  volumeRatios: z.strictObject({
    cochleaToVestibule: meanAndSd,
    canalsToVestibule: meanAndSd,
    canalsToCochlea: meanAndSd
  })
})

export type Calibration = z.infer<typeof calibration>

/**
 * What stands in for a calibration where a model has none. Ears seen from their own frame score 0.9 with the shipped
 * weights, others hardly 0.65; bone without an ear reaches 0.2, malformed ears and coarse scans 0.5.
 */
export const uncalibrated = {
  logitBias: 0,
  axisShrinkage: 0,
  scores: { settled: 0.75, least: 0.25 }
} as const satisfies Partial<Calibration>
