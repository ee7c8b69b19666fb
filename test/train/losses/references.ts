import type { HeatmapLossConfiguration } from '../../../src/train/losses/heatmap-loss.ts'
import type { LabelLossConfiguration } from '../../../src/train/losses/label-loss.ts'

/** Losses in float64, written from their papers voxel by voxel. Rows are channels, each over the same voxels. */
type Rows = readonly (readonly number[])[]

const sum = (numbers: readonly number[]): number => numbers.reduce((whole, x) => whole + x, 0)
const mean = (numbers: readonly number[]): number => sum(numbers) / numbers.length
const products = (a: readonly number[], b: readonly number[]): number[] => a.map((x, at) => x * (b[at] as number))

interface Reference {
  /** Log-probability and truth of each outcome, and its class's index. */
  readonly outcomes: readonly {
    readonly log: readonly number[]
    readonly truth: readonly number[]
    readonly of: number
  }[]
  readonly foreground: readonly { readonly p: readonly number[]; readonly t: readonly number[] }[]
}

function reference(head: 'softmax' | 'sigmoid', logits: Rows, truth: Rows): Reference {
  const foreground = <T>(rows: readonly T[]): readonly T[] => rows.slice(1)
  if (head === 'sigmoid') {
    const logSigmoid = (x: number): number => Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x)))
    const present = foreground(logits).map((row, n) => ({
      log: row.map(logSigmoid),
      truth: truth[n + 1] as readonly number[],
      of: n + 1
    }))
    const absent = foreground(logits).map((row, n) => ({
      log: row.map((x) => logSigmoid(-x)),
      truth: (truth[n + 1] as readonly number[]).map((t) => 1 - t),
      of: 0
    }))
    return {
      outcomes: [...present, ...absent],
      foreground: present.map(({ log, truth: t }) => ({ p: log.map(Math.exp), t }))
    }
  }
  const outcomes = logits.map((row, of) => ({
    log: row.map((x, v) => {
      const others = logits.map((other) => other[v] as number)
      const most = Math.max(...others)
      return x - most - Math.log(sum(others.map((other) => Math.exp(other - most))))
    }),
    truth: truth[of] as readonly number[],
    of
  }))
  return { outcomes, foreground: foreground(outcomes).map(({ log, truth: t }) => ({ p: log.map(Math.exp), t })) }
}

export function referenceLabelLoss(
  head: 'softmax' | 'sigmoid',
  logits: Rows,
  truth: Rows,
  loss: LabelLossConfiguration
): number {
  const { outcomes, foreground } = reference(head, logits, truth)
  const focal = (weights: readonly number[], gamma: number): number => {
    const weighted = outcomes.map(({ truth: t, of }) => t.map((x) => x * (weights[of] as number)))
    const terms = outcomes.map(({ log }, n) =>
      sum(log.map((l, v) => -(weighted[n]?.[v] as number) * Math.max(0, 1 - Math.exp(l)) ** gamma * l))
    )
    return sum(terms) / sum(weighted.map(sum))
  }
  const dice = (): number =>
    1 - mean(foreground.map(({ p, t }) => (2 * sum(products(p, t)) + 1) / (sum(p) + sum(t) + 1)))
  switch (loss.kind) {
    case 'cross_entropy':
      return focal(loss.classWeights, 0)
    case 'focal':
      return focal(loss.classWeights, loss.gamma)
    case 'dice':
      return dice()
    case 'dice_cross_entropy':
      return loss.crossEntropy * focal(loss.classWeights, 0) + loss.dice * dice()
    case 'generalized_dice': {
      const weights = outcomes.map(({ truth: t }) => 1 / Math.max(1, sum(t)) ** 2)
      const weighted = (of: (outcome: Reference['outcomes'][number]) => number): number =>
        sum(outcomes.map((outcome, n) => (weights[n] as number) * of(outcome)))
      const both = weighted(({ log, truth: t }) => sum(log.map(Math.exp)) + sum(t))
      return 1 - (2 * weighted(({ log, truth: t }) => sum(products(log.map(Math.exp), t)))) / both
    }
    case 'tversky': {
      const scores = foreground.map(({ p, t }) => {
        const both = sum(products(p, t)) + 1
        const wrong = sum(p.map((x, v) => x * (1 - (t[v] as number))))
        const missed = sum(p.map((x, v) => (1 - x) * (t[v] as number)))
        return both / (both + loss.alpha * wrong + loss.beta * missed)
      })
      return 1 - mean(scores)
    }
  }
}

export function referenceHeatmapLoss(
  [depth, height, width]: readonly [number, number, number],
  predicted: Rows,
  truth: Rows,
  mask: readonly number[],
  loss: HeatmapLossConfiguration
): number {
  const known = mask.flatMap((m, n) => (m === 1 ? [n] : []))
  const each = (one: (h: readonly number[], t: readonly number[]) => number): number =>
    sum(known.map((n) => one(predicted[n] ?? [], truth[n] ?? []))) / Math.max(1, known.length)
  const voxelMean = (emphasis: number, error: (h: number, t: number) => number): number =>
    each((h, t) => mean(t.map((x, v) => (1 + emphasis * x) * error(h[v] as number, x))))
  const relative = (emphasis: number): number =>
    each((h, t) => {
      const error = sum(t.map((x, v) => (1 + emphasis * x) * ((h[v] as number) - x) ** 2))
      return error / Math.max(sum(t.map((x) => (1 + emphasis * x) * x * x)), 1e-3 * t.length)
    })
  switch (loss.kind) {
    case 'relative_squared_error':
      return relative(loss.emphasis)
    case 'squared_error':
      return voxelMean(loss.emphasis, (h, t) => (h - t) ** 2)
    case 'focal_squared_error':
      return voxelMean(loss.emphasis, (h, t) => Math.abs(h - t) ** loss.gamma * (h - t) ** 2)
    case 'absolute_error':
      return voxelMean(loss.emphasis, (h, t) => Math.abs(h - t))
    case 'adaptive_wing': {
      const { alpha, omega, epsilon, theta } = loss
      const wing = (h: number, t: number): number => {
        const error = Math.abs(h - t)
        if (error < theta) return omega * Math.log(1 + (error / epsilon) ** (alpha - t))
        const bend = (theta / epsilon) ** (alpha - t)
        const a = (omega * (1 / (1 + bend)) * (alpha - t) * (theta / epsilon) ** (alpha - t - 1)) / epsilon
        return a * error - (theta * a - omega * Math.log(1 + bend))
      }
      const place = (v: number): number[] => [
        v % width,
        Math.floor(v / width) % height,
        Math.floor(v / (width * height))
      ]
      const touch = (v: number, w: number): boolean =>
        place(v).every((x, axis) => Math.abs(x - (place(w)[axis] ?? 9)) <= 1)
      const near = (t: readonly number[], v: number): boolean => t.some((x, w) => x >= 0.2 && touch(v, w))
      return each((h, t) => mean(t.map((x, v) => (near(t, v) ? 1 + loss.emphasis : 1) * wing(h[v] as number, x))))
    }
    case 'coordinates': {
      const places = (heatmap: readonly number[]): number[] => {
        const most = Math.max(...heatmap)
        const powers = heatmap.map((x) => Math.exp(loss.sharpness * (x - most)))
        const middle = (at: number, n: number): number => (2 * at + 1) / n - 1
        const along = [
          (v: number) => middle(v % width, width),
          (v: number) => middle(Math.floor(v / width) % height, height),
          (v: number) => middle(Math.floor(v / (width * height)), depth)
        ]
        return along.map((place) => sum(powers.map((x, v) => x * place(v))) / sum(powers))
      }
      const present = known.filter((n) => Math.max(...(truth[n] ?? [])) >= 0.5)
      const distances = present.map((n) => {
        const [found, expected] = [places(predicted[n] ?? []), places(truth[n] ?? [])]
        return sum(found.map((x, axis) => Math.abs(x - (expected[axis] as number))))
      })
      return sum(distances) / Math.max(1, present.length) + loss.shape * relative(loss.emphasis)
    }
  }
}
