import type { Random } from '../../core/math/random.ts'
import { cupula } from '../../ear/cupula.ts'
import { modes } from '../anatomy/population.ts'
import { sampleWarp } from '../anatomy/warp.ts'

/** What distinguishes one sampled labyrinth from another. */
export interface ShapeParameters {
  /** Weights of the population's modes of variation, in standard deviations. */
  readonly modes: readonly number[]
  /** Isotropic size factor beyond the modes. */
  readonly size: number
  /** Factor on every tube radius. */
  readonly caliber: number
  /** Weights of the smooth deformations that the modes leave out (warp.ts), in standard deviations. */
  readonly warp: readonly number[]
  /** Degrees by which the cochlea's end is wound on about the modiolar axis, beyond the modes. */
  readonly winding: number
  /** How the cochlea stands apart from the rest: factor on its size, turns about two axes across its own (degrees). */
  readonly cochlea: { readonly size: number; readonly turn: readonly [number, number] }
  /** Bends of the superior, posterior and lateral canal out of their planes, mm. */
  readonly canalBends: readonly [number, number, number]
  /** Shifts of the windows' middles along the wall (mm): forwards for the oval one, outwards for the round one; upwards. */
  readonly ovalWindow: readonly [number, number]
  readonly roundWindow: readonly [number, number]
  /** Depth of the hollow under the cupula along the modiolar axis, mm; cases of former editions have none. */
  readonly cupula?: number
}

/**
 * The mean labyrinth. Modes and warp are about the mean of the 42 ears they were measured on. The end is wound on to the
 * middle of 2¼ to 3 turns (Erixon et al. 2009, Biedron et al. 2009); the windows lie where, on the wall, the mean
 * distances and angles of 70 clicked triples put them (Stebani et al. 2023), 0.2 mm from the mean of the 42.
 */
export const meanParameters: ShapeParameters = {
  modes: modes.map(() => 0),
  size: 1,
  caliber: 1,
  warp: [],
  winding: 45,
  cochlea: { size: 1.012, turn: [0, 0] },
  canalBends: [0, 0, 0],
  ovalWindow: [0.15, 0.05],
  roundWindow: [0.25, 0.03],
  cupula: cupula.depth.mean
}

/** Samples are cut at this many standard deviations. */
export const sampleLimit = 2.5

/**
 * The modes come from ears to which one template was fitted, so that turns, windows and bends vary less than in nature. The other
 * parameters widen the variation to that measured elsewhere, and keep the correlations measured there.
 */
export function sampleShapeParameters(random: Random): ShapeParameters {
  const normal = (mean: number, sd: number): number => random.clippedNormal(mean, sd, sampleLimit)
  const { winding, cochlea, ovalWindow, roundWindow } = meanParameters
  return {
    modes: modes.map(() => normal(0, 1)),
    size: normal(1, 0.015),
    caliber: normal(1, 0.03),
    warp: sampleWarp(random, sampleLimit),
    winding: normal(winding, 50),
    cochlea: { size: normal(cochlea.size, 0.025), turn: [normal(0, 3), normal(0, 3)] },
    canalBends: [normal(0, 0.1), normal(0, 0.18), normal(0, 0.05)],
    ovalWindow: [normal(ovalWindow[0], 0.25), normal(ovalWindow[1], 0.13)],
    roundWindow: [normal(roundWindow[0], 0.3), normal(roundWindow[1], 0.13)],
    cupula: random.uniform(cupula.depth.least, cupula.depth.most)
  }
}
