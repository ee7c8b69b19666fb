import type { Circle } from '../core/math/fit-circle.ts'
import type { Vector3 } from '../core/math/vector.ts'
import data from './mean-canals.json' with { type: 'json' }

export type CanalId = 'superior' | 'posterior' | 'lateral'

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
export const meanCanals = data.canals as unknown as Readonly<Record<CanalId, MeanCanal>>
