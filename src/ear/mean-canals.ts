import type { Circle } from '../core/math/fit-circle.ts'
import type { Vector3 } from '../core/math/vector.ts'

export type CanalId = 'anterior' | 'posterior' | 'lateral'

/** A canal of the mean ear, in the ear's frame, mm. */
export interface MeanCanal {
  readonly circle: Circle
  /** A direction across the circle's normal, from which sectors are counted. */
  readonly across: Vector3
  /** How far the centreline lies beyond the circle and out of its plane, by sectors; null where ears differ. */
  readonly offsets: readonly (readonly [away: number, up: number] | null)[]
}

/**
 * Circles of the mean of 42 labyrinths outlined in CT, and how canals lie off them: means of ears generated from these,
 * by `npx tsx studies/measurements/mean-canals.ts`.
 */
export const meanCanals: Readonly<Record<CanalId, MeanCanal>> = {
  anterior: {
    circle: { center: [0.79, -0.15, 4.6], normal: [0.73, -0.68, -0.01], radius: 3.35 },
    across: [0, 0, 1],
    offsets: [
      [-0.06, -0.26],
      [-0.1, -0.31],
      [-0.12, -0.33],
      [-0.1, -0.33],
      [-0.06, -0.28],
      [-0.02, -0.19],
      [0.03, -0.06],
      [0.04, 0.13],
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      [0.53, -0.1],
      [0.15, -0.27],
      [-0.09, -0.34],
      [-0.07, -0.2],
      [0.03, 0.04],
      [0.08, 0.21],
      [0.09, 0.29],
      [0.08, 0.33],
      [0.09, 0.32],
      [0.09, 0.29],
      [0.1, 0.24],
      [0.07, 0.15],
      [0.04, 0.04],
      [0, -0.07],
      [-0.04, -0.18]
    ]
  },
  posterior: {
    circle: { center: [0.58, -5.01, 1.42], normal: [0.72, 0.69, 0.03], radius: 3.35 },
    across: [0, 0, 1],
    offsets: [
      [-0.16, -0.16],
      [-0.07, -0.08],
      [0.04, 0.02],
      [0.13, 0.09],
      [0.17, 0.15],
      [0.2, 0.21],
      [0.21, 0.25],
      [0.21, 0.25],
      [0.21, 0.21],
      [0.17, 0.12],
      [0.1, -0.01],
      [0.03, -0.14],
      [-0.05, -0.22],
      [-0.16, -0.25],
      [-0.26, -0.24],
      [-0.33, -0.2],
      [-0.35, -0.16],
      [-0.29, -0.11],
      [-0.13, -0.04],
      [0.11, 0.03],
      [0.25, 0.08],
      [0.31, 0.12],
      [0.34, 0.22],
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      [0.27, 0.02],
      [-0.15, -0.19],
      [-0.21, -0.23],
      [-0.21, -0.21]
    ]
  },
  lateral: {
    circle: { center: [3.07, -1.6, 1.3], normal: [-0.05, 0.01, 1], radius: 2.64 },
    across: [1, 0, 0],
    offsets: [
      [0.04, -0.08],
      [0.02, -0.01],
      [0.02, 0.06],
      [0.04, 0.12],
      [0.02, 0.15],
      [0.02, 0.13],
      [0, 0.08],
      [0.01, 0.03],
      [0.09, 0],
      [0.34, 0.06],
      [0.54, 0.04],
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      [0.31, -0.2],
      [0.18, -0.14],
      [-0.04, 0],
      [-0.13, 0.06],
      [-0.15, 0.12],
      [-0.12, 0.13],
      [-0.04, 0.13],
      [0.03, 0.1],
      [0.08, 0.06],
      [0.09, 0.01],
      [0.09, -0.03],
      [0.08, -0.07],
      [0.08, -0.1],
      [0.07, -0.13],
      [0.08, -0.14],
      [0.06, -0.12]
    ]
  }
}
