import { distanceTransform } from '../../core/image/distance-transform.ts'
import { voxelsAbove } from '../../core/image/threshold.ts'
import { upperMedian } from '../../core/math/quantile.ts'
import { certainlyBackground, labyrinthLogOddsAt, type Prediction } from '../predict/prediction.ts'

/** Where a network's outline of the labyrinth runs, voxel by voxel of the network's own grid. */
export interface Outline {
  /** Log-odds of the labyrinth against the background. */
  readonly logOdds: Float32Array
  /** Distance (mm) of a voxel's centre from the nearest voxel inside, 0 inside; and from the nearest one outside. */
  readonly outside: Float64Array
  readonly inside: Float64Array
  /** How fast the log-odds rise across the outline, per mm: log-odds by this are about a signed distance, near it. */
  readonly slope: number
}

/** Log-odds up to this lie at the outline. */
const nearOutline = 1.5

/**
 * @param mask voxels outside which nothing belongs to the ear
 * @returns undefined where nothing is outlined
 */
export function outlineOf(prediction: Pick<Prediction, 'geometry' | 'logits'>, mask: Uint8Array): Outline | undefined {
  const { geometry } = prediction
  const logOdds = maskedLogOdds(prediction, mask)
  const within = voxelsAbove(logOdds, 0)
  const slope = medianSlope(logOdds, geometry.size, geometry.spacing[0])
  if (slope === undefined) return undefined
  return {
    logOdds,
    outside: distanceTransform(within, geometry.size, geometry.spacing),
    inside: distanceTransform(
      within.map((value) => 1 - value),
      geometry.size,
      geometry.spacing
    ),
    slope
  }
}

/** Log-odds of the labyrinth against the background, certainly background outside the mask. */
export function maskedLogOdds({ logits }: Pick<Prediction, 'logits'>, mask: Uint8Array): Float32Array {
  const odds = new Float32Array(mask.length).fill(certainlyBackground)
  for (let at = 0; at < mask.length; at++) {
    if (mask[at] !== 0) odds[at] = Math.max(certainlyBackground, labyrinthLogOddsAt(logits, at))
  }
  return odds
}

/** Median length of the gradient (central differences, per mm) of the voxels at the outline. */
function medianSlope(
  logOdds: Float32Array,
  [nx, ny, nz]: Prediction['geometry']['size'],
  spacing: number
): number | undefined {
  const slopes: number[] = []
  const plane = nx * ny
  const step = (at: number, stride: number): number =>
    ((logOdds[at + stride] as number) - (logOdds[at - stride] as number)) / (2 * spacing)
  for (let at = plane; at < plane * (nz - 1); at++) {
    if (Math.abs(logOdds[at] as number) > nearOutline) continue
    slopes.push(Math.hypot(step(at, 1), step(at, nx), step(at, plane)))
  }
  return upperMedian(slopes)
}
