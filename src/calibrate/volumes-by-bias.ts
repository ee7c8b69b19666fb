import type { EarView } from '../analyze/segment/ear-view.ts'
import { voxelCount, voxelVolume } from '../core/geometry/geometry.ts'
import { uncalibrated } from '../network/calibration.ts'

/** Biases of the logits that are tried; between them volumes are interpolated. */
export const biases: readonly number[] = Array.from({ length: 25 }, (_, n) => -2 + n / 4)

/** Volume (mm³) of an ear's labyrinth, had its occupancy been taken with each of `biases`. */
export function volumesByBias({ occupancy, calibration }: Pick<EarView, 'occupancy' | 'calibration'>): number[] {
  const { geometry, parts } = occupancy
  const { logitBias } = calibration ?? uncalibrated
  const sums = biases.map(() => 0)
  const factors = biases.map((bias) => Math.exp(logitBias - bias))
  for (let at = 0; at < voxelCount(geometry); at++) {
    const inside = parts.reduce((sum, part) => sum + (part[at] as number), 0)
    if (inside <= 0) continue
    // All parts have the same bias: it divides the odds of being inside any of them.
    const odds = inside / Math.max(1e-6, 1 - inside)
    for (const [n, factor] of factors.entries()) {
      sums[n] = (sums[n] as number) + (odds * factor) / (1 + odds * factor)
    }
  }
  return sums.map((sum) => sum * voxelVolume(geometry))
}
