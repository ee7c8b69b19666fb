import { median } from '../../core/math/quantile.ts'
import { escapeHtml } from '../escape-html.ts'
import { formatNumber } from './format-number.ts'
import { outlyingScore, robustScores } from './robust.ts'

/** One ear's value in a distribution. */
export interface Sample {
  readonly value: number
  /** What is told of it when it is pointed at. */
  readonly title: string
  /** Where a click on it leads. */
  readonly href: string
}

const width = 320
const height = 104
const margin = 8
/** Heights (px) at which the histogram stands, the ears are marked and the numbers are written. */
const floor = 62
const strip = 76
const legend = 98
const bins = 24

/** A histogram over a row of marks, one for each ear, as SVG; outliers are larger and lead to their reports. */
export function plotDistribution(samples: readonly Sample[], unit: string): string {
  const values = samples.map(({ value }) => value)
  const [low, high] = rangeOf(values)
  const x = (value: number): number => margin + ((width - 2 * margin) * (value - low)) / (high - low)
  const middle = median(values)
  const label = (value: number, at: number, anchor: string): string =>
    `<text x="${at}" y="${legend}" text-anchor="${anchor}">${formatNumber(value)}</text>`
  const scores = robustScores(values)
  const marks = samples.map((sample, n) => plotMark(sample, x(sample.value), Math.abs(scores[n] as number)))
  return [
    `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${values.length} ears, median ${formatNumber(middle)} ${escapeHtml(unit)}">`,
    ...plotBars(values, low, high),
    `<line class="median" x1="${x(middle).toFixed(1)}" x2="${x(middle).toFixed(1)}" y1="6" y2="${strip + 7}"/>`,
    ...marks,
    label(low, margin, 'start'),
    label(high, width - margin, 'end'),
    '</svg>'
  ].join('\n')
}

/** Least and greatest value, apart from each other even if all values are the same. */
function rangeOf(values: readonly number[]): [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)]
  return high > low ? [low, high] : [low - 0.5, high + 0.5]
}

function plotBars(values: readonly number[], low: number, high: number): string[] {
  const counts = Array.from({ length: bins }, () => 0)
  for (const value of values) {
    const bin = Math.min(bins - 1, Math.floor((bins * (value - low)) / (high - low)))
    counts[bin] = (counts[bin] as number) + 1
  }
  const tallest = Math.max(...counts)
  const step = (width - 2 * margin) / bins
  return counts.flatMap((count, bin) => {
    if (count === 0) return []
    const tall = ((floor - 8) * count) / tallest
    const at = margin + bin * step
    return `<rect x="${(at + 0.5).toFixed(1)}" y="${(floor - tall).toFixed(1)}" width="${(step - 1).toFixed(1)}" height="${tall.toFixed(1)}"/>`
  })
}

function plotMark({ title, href }: Sample, x: number, score: number): string {
  const words = `<title>${escapeHtml(title)}</title>`
  const [at, outlying] = [x.toFixed(1), score > outlyingScore]
  const mark = outlying
    ? `<circle class="outlier" cx="${at}" cy="${strip}" r="4">${words}</circle>`
    : `<line class="ear" x1="${at}" x2="${at}" y1="${strip - 6}" y2="${strip + 6}">${words}</line>`
  return outlying ? `<a href="${escapeHtml(href)}">${mark}</a>` : mark
}
