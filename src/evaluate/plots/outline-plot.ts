import { parts } from '../../core/anatomy.ts'
import { plotBoxStrip } from '../../core/plots/box-strip.ts'
import { plotAxis, scaleOf } from '../../core/plots/scale.ts'
import { cssColor, svgDocument, svgLine, svgText } from '../../core/plots/svg.ts'
import { type Evaluation, type MetricId, type Region, regions } from '../evaluation.ts'
import { paper } from '../paper.ts'

interface Panel {
  readonly metric: MetricId
  readonly title: string
  readonly paper?: number
  /** The largest value there can be. */
  readonly limit?: number
}

const panels: readonly Panel[] = [
  { metric: 'dice', title: 'Dice', paper: paper.specimens.dice, limit: 1 },
  {
    metric: 'intersectionOverUnion',
    title: 'Intersection over union',
    paper: paper.specimens.intersectionOverUnion,
    limit: 1
  },
  { metric: 'volumetricSimilarity', title: 'Volumetric similarity', limit: 1 },
  { metric: 'averageHausdorff', title: 'Average Hausdorff, voxels', paper: paper.specimens.averageHausdorff },
  { metric: 'averageSurfaceDistance', title: 'ASSD, mm' },
  { metric: 'hausdorff95', title: 'HD95, mm' }
]

const names: Readonly<Record<Region, string>> = {
  labyrinth: 'Labyrinth',
  cochlea: 'Cochlea',
  vestibule: 'Vestibule',
  semicircular_canals: 'Canals'
}

const panelWidth = 330
const labelWidth = 66
const rowHeight = 30
const titleHeight = 26
const axisHeight = 30

/** `outlines.svg`: every case's metrics, region by region; dashed lines are the paper's means over specimens. */
export function outlinePlot({ cases }: Evaluation): string {
  const shown = regions.filter((region) => cases.some(({ outlines }) => outlines[region] !== undefined))
  const panelHeight = titleHeight + shown.length * rowHeight + axisHeight
  const content = panels.flatMap((panel, n) => {
    const [x, y] = [(n % 3) * panelWidth + labelWidth + 12, Math.floor(n / 3) * panelHeight + titleHeight]
    const rows = shown.map((region) => ({
      region,
      values: cases.flatMap(({ outlines }) => outlines[region]?.[panel.metric] ?? [])
    }))
    const all = [...rows.flatMap(({ values }) => values), ...(panel.paper === undefined ? [] : [panel.paper])]
    if (all.length === 0) return []
    const scale = scaleOf(all, [x, x + panelWidth - labelWidth - 36], panel.limit)
    const bottom = y + shown.length * rowHeight
    const mark =
      panel.paper === undefined ? [] : [svgLine([scale.at(panel.paper), y], [scale.at(panel.paper), bottom], 'mark')]
    return [
      svgText(x, y - 8, panel.title, 'title'),
      ...plotAxis(scale, y, bottom),
      ...mark,
      ...rows.flatMap(({ region, values }, row) => {
        const middle = y + (row + 0.5) * rowHeight
        return [
          svgText(x - 8, middle + 4, names[region], 'end'),
          ...plotBoxStrip(values, middle, scale, colorOf(region))
        ]
      })
    ]
  })
  const note = svgText(12, 2 * panelHeight + 14, `Dashed: ${paper.citation}, mean over specimens, parts merged.`)
  return svgDocument(3 * panelWidth, 2 * panelHeight + 26, 'Outlines against the truth', [...content, note])
}

function colorOf(region: Region): string {
  const part = parts.find(({ id }) => id === region)
  return part === undefined ? 'rgb(90 100 112)' : cssColor(part.color)
}
