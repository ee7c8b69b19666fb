import { median } from '../../core/math/quantile.ts'
import { plotBand } from '../../core/plots/band.ts'
import { plotAxis, type Scale, scaleOf } from '../../core/plots/scale.ts'
import { pixels, svgLine } from '../../core/plots/svg.ts'
import { escapeHtml } from '../escape-html.ts'
import { formatNumber } from './format-number.ts'
import { outlyingScore, robustScores } from './robust.ts'

/** One ear's value in a distribution. */
export interface Sample {
  readonly value: number
  /** What is shown of it when it is pointed at. */
  readonly title: string
  /** Where a click on it leads. */
  readonly href: string
}

/** What real ears have. */
export interface DistributionReference {
  readonly mean: number
  readonly sd: number
}

const width = 320
const height = 112
const margin = 22
/** Heights (px) between which ears are drawn. */
const top = 8
const floor = 88

/** An axis reaches at least this share of the median to both sides, so that ears that are alike look alike. */
const leastSpan = 0.05

/** Up to this number of ears, each is drawn as a dot; more are drawn as a histogram. */
const mostDots = 60

/** Every ear as a dot, or many as a histogram, over an axis and the band of real ears; outliers lead to their reports. */
export function plotDistribution(samples: readonly Sample[], unit: string, reference?: DistributionReference): string {
  const values = samples.map(({ value }) => value)
  const middle = median(values)
  const least = leastSpan * Math.abs(middle)
  const known = reference === undefined ? [] : [reference.mean - 2 * reference.sd, reference.mean + 2 * reference.sd]
  const scale = scaleOf([...values, ...known, middle - least, middle + least], [margin, width - margin])
  const label = `${values.length === 1 ? '1 ear' : `${values.length} ears`}, median ${formatNumber(middle)} ${unit}`
  const scores = robustScores(values)
  const isOutlying = (n: number): boolean => Math.abs(scores[n] as number) > outlyingScore
  const drawn = values.length > mostDots ? samples.filter((_, n) => isOutlying(n)) : samples
  const heights = stacked(drawn, scale)
  return [
    `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeHtml(label)}">`,
    ...(reference === undefined ? [] : plotBand(reference, scale, top, floor)),
    ...plotAxis(scale, top, floor),
    ...(values.length > mostDots ? plotBars(values, scale) : []),
    ...drawn.map((sample, n) => plotMark(sample, scale, heights[n] as number, isOutlying(samples.indexOf(sample)))),
    svgLine([scale.at(middle), top], [scale.at(middle), floor], 'median'),
    '</svg>'
  ].join('\n')
}

const dot = 3.2

/** Heights at which dots of nearly the same value stand upon each other; as close as there is room. */
function stacked(samples: readonly Sample[], scale: Scale): number[] {
  const columns = new Map<number, number>()
  const levels = samples.map(({ value }) => {
    const column = Math.round(scale.at(value) / (2 * dot))
    const level = columns.get(column) ?? 0
    columns.set(column, level + 1)
    return level
  })
  const most = Math.max(1, ...levels)
  const step = Math.min(2 * dot + 0.6, (floor - top - 2 * dot) / most)
  return levels.map((level) => floor - dot - 1 - level * step)
}

/** Bars between round numbers, so many that each can be read. */
function plotBars(values: readonly number[], { low, high, at }: Scale): string[] {
  const bins = Math.min(24, Math.max(8, Math.ceil(Math.sqrt(values.length))))
  const counts = Array.from({ length: bins }, () => 0)
  for (const value of values) {
    const bin = Math.min(bins - 1, Math.floor((bins * (value - low)) / (high - low)))
    counts[bin] = (counts[bin] as number) + 1
  }
  const tallest = Math.max(...counts)
  const step = (at(high) - at(low)) / bins
  return counts.flatMap((count, bin) => {
    if (count === 0) return []
    const tall = ((floor - top - 6) * count) / tallest
    const x = at(low) + bin * step + 0.5
    const ears = count === 1 ? '1 ear' : `${count} ears`
    return `<rect class="bar" x="${pixels(x)}" y="${pixels(floor - tall)}" width="${pixels(step - 1)}" height="${pixels(tall)}"><title>${ears}</title></rect>`
  })
}

function plotMark({ title, href, value }: Sample, scale: Scale, y: number, isOutlying: boolean): string {
  const kind = isOutlying ? 'outlier' : 'ear'
  const circle = `<circle class="${kind}" cx="${pixels(scale.at(value))}" cy="${pixels(y)}" r="${isOutlying ? dot + 0.8 : dot}"><title>${escapeHtml(title)}</title></circle>`
  return isOutlying ? `<a href="${escapeHtml(href)}">${circle}</a>` : circle
}
