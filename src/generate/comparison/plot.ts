import { plotBoxStrip } from '../../core/plots/box-strip.ts'
import { plotAxis, scaleOf } from '../../core/plots/scale.ts'
import { pixels, svgDocument, svgLine, svgText } from '../../core/plots/svg.ts'
import type { PopulationComparison, QuantityComparison, Sample } from './compare.ts'
import { type Reference, reference } from './reference.ts'

const panelWidth = 300
const panelHeight = 92
const columns = 3
const margin = 14
const agreeing = 'rgb(52 120 190)'
const differing = 'rgb(200 80 60)'

/**
 * A panel for each quantity: every generated ear as a dot under the box of their quartiles; above it the real mean with
 * bars of one and two SD, and the deciles of the real ears where they are known.
 */
export function comparisonPlot({ quantities }: PopulationComparison, sample: Sample): string {
  const rows = Math.ceil(quantities.length / columns)
  const content = quantities.flatMap((quantity, n) =>
    plotPanel(quantity, sample[quantity.id], (n % columns) * panelWidth, Math.floor(n / columns) * panelHeight)
  )
  const height = rows * panelHeight + 26
  const note = 'Grey: real mean, one and two SD, ticks at deciles. Dots and boxes: generated; red where they differ.'
  const title = 'Generated labyrinths beside real ones'
  return svgDocument(columns * panelWidth, height, title, [...content, svgText(margin, height - 10, note)])
}

function plotPanel(quantity: QuantityComparison, values: readonly number[], x: number, y: number): string[] {
  const { id, name, unit, real, verdict } = quantity
  const { deciles = [] }: Reference = reference[id]
  const range = [...values, ...deciles, real.mean - 2 * real.sd, real.mean + 2 * real.sd]
  const scale = scaleOf(range, [x + margin, x + panelWidth - margin])
  const [top, bottom] = [y + 24, y + panelHeight - 20]
  const bar = (spread: number, height: number): string => {
    const [left, right] = [scale.at(real.mean - spread), scale.at(real.mean + spread)]
    const width = pixels(right - left)
    return `<rect x="${pixels(left)}" y="${pixels(top + 8 - height / 2)}" width="${width}" height="${height}" fill="#66727f" fill-opacity=".35"/>`
  }
  return [
    svgText(x + margin, y + 16, `${name}, ${unit}`, 'title'),
    ...plotAxis(scale, top, bottom),
    bar(2 * real.sd, 3),
    bar(real.sd, 9),
    svgLine([scale.at(real.mean), top], [scale.at(real.mean), bottom], 'mark'),
    ...deciles.map((value) => svgLine([scale.at(value), top + 2], [scale.at(value), top + 14], 'mark')),
    ...plotBoxStrip(values, top + 34, scale, verdict === 'as in real ears' ? agreeing : differing)
  ]
}
