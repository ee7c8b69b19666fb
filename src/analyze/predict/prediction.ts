import type { Geometry } from '../../core/geometry/geometry.ts'

/** What a network says of one grid. */
export interface Prediction {
  readonly geometry: Geometry
  /** For each part, in the order of the anatomy table: its logit minus that of the background, voxel by voxel. */
  readonly logits: readonly Float32Array[]
  /** One map for each landmark kind, in the order of the anatomy table; about 1 at the landmark. */
  readonly heatmaps: readonly Float32Array[]
}

/** A logit that leaves no doubt of background. */
export const certainlyBackground = -20
const oddsOfBackground = Math.exp(certainlyBackground)

/** A part's logits within a mask, outside it certainly background. */
export function masked(logits: Float32Array, mask: Uint8Array): Float32Array {
  const result = new Float32Array(logits.length).fill(certainlyBackground)
  for (let at = 0; at < result.length; at++) if (mask[at] !== 0) result[at] = logits[at] as number
  return result
}

/** Log-odds, at each voxel, that it belongs to any part of the labyrinth and not to the background. */
export function labyrinthLogOdds(logits: readonly Float32Array[]): Float32Array {
  const odds = labyrinthOdds(logits)
  for (let at = 0; at < odds.length; at++) odds[at] = Math.log(valueAt(odds, at))
  return odds
}

/** The same of one voxel, in single precision. */
export function labyrinthLogOddsAt(logits: readonly Float32Array[], at: number): number {
  let odds = 0
  for (const part of logits) odds = Math.fround(odds + oddsOf(valueAt(part, at)))
  return Math.fround(Math.log(odds))
}

/** Softmax probability, at each voxel, that it belongs to any part of the labyrinth. */
export function labyrinthProbability({ logits }: Prediction): Float32Array {
  const odds = labyrinthOdds(logits)
  for (let at = 0; at < odds.length; at++) odds[at] = 1 - 1 / (1 + valueAt(odds, at))
  return odds
}

function labyrinthOdds(logits: readonly Float32Array[]): Float32Array {
  const odds = new Float32Array(logits[0]?.length ?? 0)
  for (const part of logits) {
    for (let at = 0; at < odds.length; at++) odds[at] = valueAt(odds, at) + oddsOf(valueAt(part, at))
  }
  return odds
}

function oddsOf(logit: number): number {
  return logit === certainlyBackground ? oddsOfBackground : Math.exp(logit)
}

/** Place in the anatomy table of the part with the most logits at a voxel. */
export function strongestPart(logits: readonly Float32Array[], at: number): number {
  let strongest = 0
  for (let n = 1; n < logits.length; n++) {
    if (valueAt(logits[n] as Float32Array, at) > valueAt(logits[strongest] as Float32Array, at)) strongest = n
  }
  return strongest
}

function valueAt(values: Float32Array, at: number): number {
  return values[at] as number
}
