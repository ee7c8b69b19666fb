import { mean } from '../../core/math/mean.ts'
import { correlations, type QuantityId, type Reference, reference, sources } from './reference.ts'

/** A generated population beside a real one, in one quantity. */
export interface QuantityComparison {
  readonly id: QuantityId
  readonly name: string
  readonly unit: Reference['unit']
  readonly source: string
  readonly real: Spread
  readonly generated: Spread
  /** Generated less real mean, in SD of real ears. */
  readonly meanDifference: number
  /** Generated over real SD. */
  readonly sdRatio: number
  /** Kolmogorov–Smirnov distance of the two distributions, 0 to 1, where single real ears are known. */
  readonly kolmogorovSmirnov?: number
  readonly verdict: Verdict
}

export interface Spread {
  readonly mean: number
  readonly sd: number
}

export type Verdict = 'as in real ears' | 'mean too low' | 'mean too high' | 'varies too little' | 'varies too much'

export interface CorrelationComparison {
  readonly between: readonly [string, string]
  readonly real: number
  readonly generated: number
}

export interface PopulationComparison {
  readonly quantities: readonly QuantityComparison[]
  readonly correlations: readonly CorrelationComparison[]
}

/** What is asked of a generated population: means within half an SD of the real one, SDs within a factor of 1.5. */
export const allowed = { meanDifference: 0.5, sdFactor: 1.5 } as const

/** The values of one quantity in every ear. */
export type Sample = Readonly<Record<QuantityId, readonly number[]>>

export function comparePopulations(sample: Sample): PopulationComparison {
  const ids = Object.keys(reference) as QuantityId[]
  return {
    quantities: ids.map((id) => compareQuantity(id, sample[id])),
    correlations: correlations.map(([a, b, real]) => ({
      between: [reference[a].name, reference[b].name],
      real,
      generated: correlation(sample[a], sample[b])
    }))
  }
}

function compareQuantity(id: QuantityId, values: readonly number[]): QuantityComparison {
  const { name, unit, source, mean, sd, deciles }: Reference = reference[id]
  const generated = spreadOf(values)
  const meanDifference = (generated.mean - mean) / sd
  const sdRatio = generated.sd / sd
  return {
    id,
    name,
    unit,
    source: sources[source],
    real: { mean, sd },
    generated,
    meanDifference,
    sdRatio,
    ...(deciles !== undefined && { kolmogorovSmirnov: distanceToQuantiles(values, deciles) }),
    verdict: judge(meanDifference, sdRatio)
  }
}

function judge(meanDifference: number, sdRatio: number): Verdict {
  if (meanDifference < -allowed.meanDifference) return 'mean too low'
  if (meanDifference > allowed.meanDifference) return 'mean too high'
  if (sdRatio < 1 / allowed.sdFactor) return 'varies too little'
  if (sdRatio > allowed.sdFactor) return 'varies too much'
  return 'as in real ears'
}

/**
 * Kolmogorov–Smirnov distance of values to a distribution that is known by evenly spaced quantiles, linear between them:
 * up to half a step of the quantiles (0.05 for deciles) less or more than to the single values behind them.
 */
export function distanceToQuantiles(values: readonly number[], quantiles: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted.reduce((farthest, value, n) => {
    const share = shareBelow(value, quantiles)
    return Math.max(farthest, Math.abs(share - n / sorted.length), Math.abs(share - (n + 1) / sorted.length))
  }, 0)
}

function shareBelow(value: number, quantiles: readonly number[]): number {
  const next = quantiles.findIndex((each) => each > value)
  if (next < 0) return 1
  if (next === 0) return 0
  const [low, high] = [quantiles[next - 1] as number, quantiles[next] as number]
  return (next - 1 + (value - low) / (high - low)) / (quantiles.length - 1)
}

function spreadOf(values: readonly number[]): Spread {
  const middle = mean(values)
  const squares = values.reduce((sum, value) => sum + (value - middle) ** 2, 0)
  return { mean: middle, sd: Math.sqrt(squares / (values.length - 1)) }
}

/** Pearson's correlation. */
function correlation(a: readonly number[], b: readonly number[]): number {
  const [spreadA, spreadB] = [spreadOf(a), spreadOf(b)]
  const products = a.reduce((sum, value, n) => sum + (value - spreadA.mean) * ((b[n] as number) - spreadB.mean), 0)
  return products / ((a.length - 1) * spreadA.sd * spreadB.sd)
}
