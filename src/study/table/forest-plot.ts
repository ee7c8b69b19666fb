import { plotAxis, type Scale, scaleOf } from '../../core/plots/scale.ts'
import { pixels, svgDocument, svgLine, svgText } from '../../core/plots/svg.ts'
import { baseName } from '../expand.ts'
import type { Comparison } from './compare.ts'
import { type Measure, measures } from './measures.ts'
import type { StudyResults } from './results.ts'
import { type Row, rowsOf } from './rows.ts'

const nameWidth = 210
const workWidth = 180
/** Where the numbers of parameters end, from where names do. */
const parametersEnd = 60
const panelWidth = 300
const gap = 30
const rowHeight = 18
const top = 64

/** Differences beyond this many half widths of their interval are drawn at the edge, so that they do not compress all others. */
const maxHalfWidths = 6

const colors = { better: '#1b7f4b', worse: '#b3372f', 'within noise': '#66727f', 'noise unknown': '#66727f' } as const

/**
 * `forest-SET.svg`: for each variation, group by group, its difference from the base in Dice and landmark error with
 * the 95 % interval, beside its parameters and GFLOP. Differences far beyond the noise are an arrow at the edge and a number.
 */
export function forestPlot(results: StudyResults, set: string): string {
  const rows = rowsOf(results, set).filter(({ variation, cells }) => variation.name !== baseName && cells.size > 0)
  const shown = measures.filter(({ id }) => id === 'dice' || id === 'landmarks')
  const lines = layOut(rows)
  const bottom = top + lines.length * rowHeight
  const left = (panel: number): number => nameWidth + workWidth + panel * (panelWidth + gap)
  return svgDocument(left(shown.length), bottom + 40, 'Differences from the base', [
    svgText(12, 22, `Difference from the base, ${set}`, 'title'),
    svgText(nameWidth + parametersEnd, top - 12, 'parameters', 'end'),
    svgText(nameWidth + workWidth - 20, top - 12, 'GFLOP a step', 'end'),
    ...lines.flatMap((line, at) => nameOf(line, top + (at + 0.7) * rowHeight)),
    ...shown.flatMap((measure, panel) => plotPanel(lines, measure, left(panel), bottom))
  ])
}

type Line = { readonly group: string } | { readonly row: Row }

/** The rows with a line for each group's name before its first. */
function layOut(rows: readonly Row[]): Line[] {
  const groups = [...new Set(rows.map(({ variation }) => variation.group))]
  return groups.flatMap((group): Line[] => [
    { group },
    ...rows.filter(({ variation }) => variation.group === group).map((row) => ({ row }))
  ])
}

function nameOf(line: Line, y: number): string[] {
  if ('group' in line) return [svgText(12, y, line.group, 'title')]
  const { variation, work } = line.row
  return [
    svgText(24, y, variation.name),
    ...(work === undefined
      ? []
      : [
          svgText(nameWidth + parametersEnd, y, work.parameters.toLocaleString('en'), 'end'),
          svgText(nameWidth + workWidth - 20, y, work.gigaOperations.toPrecision(3), 'end')
        ])
  ]
}

function plotPanel(lines: readonly Line[], { id, name, unit, better }: Measure, x: number, bottom: number): string[] {
  const all = lines.flatMap((line) => {
    const comparison = 'row' in line ? line.row.cells.get(id)?.comparison : undefined
    return comparison === undefined ? [] : [comparison]
  })
  if (all.length === 0) return []
  const ends = all
    .filter((comparison) => !isFar(comparison))
    .flatMap(({ difference, halfWidth = 0 }) => [difference - halfWidth, difference + halfWidth])
  const scale = scaleOf([0, ...ends], [x, x + panelWidth])
  const title = `${unit === '' ? name : `${name}, ${unit}`} (${better} is better)`
  return [
    svgText(x, top - 12, title, 'title'),
    ...plotAxis(scale, top, bottom),
    svgLine([scale.at(0), top], [scale.at(0), bottom], 'mark'),
    ...lines.flatMap((line, at) => ('row' in line ? plotRow(line.row, id, top + (at + 0.5) * rowHeight, scale) : []))
  ]
}

function plotRow({ cells }: Row, id: Measure['id'], y: number, scale: Scale): string[] {
  const comparison = cells.get(id)?.comparison
  if (comparison === undefined) return []
  const { difference, halfWidth, verdict } = comparison
  const color = colors[verdict]
  if (isFar(comparison)) return plotArrow(difference, y, scale, color)
  const dot = `<circle cx="${pixels(scale.at(difference))}" cy="${pixels(y)}" r="4" fill="${color}"/>`
  if (halfWidth === undefined) return [dot]
  const [from, to] = [scale.at(difference - halfWidth), scale.at(difference + halfWidth)].map(pixels)
  return [`<path d="M${from} ${pixels(y)}H${to}" stroke="${color}" stroke-width="2"/>`, dot]
}

function isFar({ difference, halfWidth }: Comparison): boolean {
  return halfWidth !== undefined && halfWidth > 0 && Math.abs(difference) > maxHalfWidths * halfWidth
}

function plotArrow(difference: number, y: number, scale: Scale, color: string): string[] {
  const isHigh = difference > 0
  const tip = scale.at(isHigh ? scale.high : scale.low)
  const back = tip + (isHigh ? -9 : 9)
  return [
    `<path d="M${pixels(tip)} ${pixels(y)}L${pixels(back)} ${pixels(y - 5)}V${pixels(y + 5)}Z" fill="${color}"/>`,
    svgText(back + (isHigh ? -4 : 4), y + 4, signed(difference), isHigh ? 'end' : '')
  ]
}

function signed(difference: number): string {
  return `${difference < 0 ? '−' : '+'}${Math.abs(difference).toFixed(2)}`
}
