import type { Matrix3 } from '../../core/math/vector.ts'
import data from '../reference.json' with { type: 'json' }

/** Mean and standard deviation over ears. */
export interface Spread {
  readonly mean: number
  readonly sd: number
}

/**
 * Distances (mm) helicotrema–oval window, helicotrema–round window, oval–round window of real ears: their mean and
 * covariance (mm²).
 */
export const landmarkTriangle: {
  readonly mean: readonly number[]
  readonly covariance: readonly (readonly number[])[]
} = data.landmarkTriangle

/** Volume (mm³) of the bony labyrinth of real ears in CT. */
export const labyrinthVolume: Spread = data.labyrinthVolume

/** Mean covariance (mm²) of the places of labelled voxels in the ear's frame, of generated ears. */
export const labyrinthCovariance = data.labyrinthCovariance.matrix as unknown as Matrix3
