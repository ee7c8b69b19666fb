import { markdownRow } from '../../io/markdown.ts'
import { allowed, type PopulationComparison, type QuantityComparison } from './compare.ts'

/** The comparison as a page of Markdown. @param made how the ears were made, in words */
export function comparisonMarkdown({ quantities, correlations }: PopulationComparison, made: string): string {
  const off = quantities.filter(({ verdict }) => verdict !== 'as in real ears')
  return `${[
    '# Generated labyrinths beside real ones',
    `${made}. A quantity is as in real ears where its mean lies within ${allowed.meanDifference} SD of the real one and its`,
    `SD within a factor of ${allowed.sdFactor}. ${verdictOf(quantities.length, off)}`,
    '',
    '| quantity | real, mean ± SD | generated, mean ± SD | mean off by, SD | SD ratio | KS distance | verdict |',
    '|---|---|---|---|---|---|---|',
    ...quantities.map(row),
    '',
    '| correlation of | with | real | generated |',
    '|---|---|---|---|',
    ...correlations.map(({ between: [a, b], real, generated }) =>
      markdownRow([a, b, real.toFixed(2), generated.toFixed(2)])
    ),
    '',
    'Real values:',
    ...[...new Set(quantities.map(({ source }) => source))].map((source) => `- ${source}`),
    '',
    'KS: Kolmogorov–Smirnov distance to the deciles of the real ears. Canals are measured sector by sector on their walls,',
    'extents along principal axes.'
  ].join('\n')}\n`
}

function verdictOf(count: number, off: readonly QuantityComparison[]): string {
  if (off.length === 0) return `All ${count} are.`
  return `${count - off.length} of ${count} are; not: ${off.map(({ name, verdict }) => `${name} (${verdict})`).join(', ')}.`
}

function row({ name, unit, real, generated, meanDifference, sdRatio, ...rest }: QuantityComparison): string {
  const digits = real.sd < 0.1 ? 3 : real.sd < 2 ? 2 : 1
  const spread = ({ mean, sd }: QuantityComparison['real']): string => `${mean.toFixed(digits)} ± ${sd.toFixed(digits)}`
  const sign = meanDifference < 0 ? '−' : '+'
  return markdownRow([
    `${name}, ${unit}`,
    spread(real),
    spread(generated),
    `${sign}${Math.abs(meanDifference).toFixed(2)}`,
    sdRatio.toFixed(2),
    rest.kolmogorovSmirnov?.toFixed(2) ?? '',
    rest.verdict
  ])
}
