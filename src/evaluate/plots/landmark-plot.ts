import { landmarkKinds } from '../../core/anatomy.ts'
import { plotBoxStrip } from '../../core/plots/box-strip.ts'
import { plotAxis, type Scale, scaleOf } from '../../core/plots/scale.ts'
import { cssColor, pixels, svgDocument, svgLine, svgText } from '../../core/plots/svg.ts'
import type { Evaluation } from '../evaluation.ts'

const width = 760
const left = 110
const rowHeight = 34
const curveTop = 190
const curveHeight = 180

/**
 * `landmarks.svg`: above, the error of every landmark that was found; below, what share of all true landmarks was found
 * within an error, so that a missed one keeps its curve from reaching 100 %.
 */
export function landmarkPlot({ cases, summary }: Evaluation): string {
  const marks = cases.flatMap(({ ears }) => ears.flatMap(({ landmarks }) => landmarks))
  const kinds = landmarkKinds.map(({ id, name, color }) => ({
    name,
    color: cssColor(color),
    known: summary.landmarks[id].known,
    errors: marks
      .flatMap((mark) => (mark.id === id && mark.outcome === 'found' ? [mark.error] : []))
      .sort((a, b) => a - b)
  }))
  const scale = scaleOf([0, 1, ...kinds.flatMap(({ errors }) => errors)], [left, width - 30])
  const rowsBottom = 30 + kinds.length * rowHeight
  const curveBottom = curveTop + curveHeight
  const shares = [0, 0.25, 0.5, 0.75, 1]
  return svgDocument(width, curveBottom + 44, 'Landmark errors', [
    svgText(left, 20, 'Distance from the true landmark, mm', 'title'),
    ...plotAxis(scale, 30, rowsBottom),
    ...kinds.flatMap(({ name, color, errors }, row) => {
      const y = 30 + (row + 0.5) * rowHeight
      return [svgText(left - 10, y + 4, name, 'end'), ...plotBoxStrip(errors, y, scale, color)]
    }),
    svgText(left, curveTop - 12, 'Share of the true landmarks found within a distance, mm', 'title'),
    ...plotAxis(scale, curveTop, curveBottom),
    ...shares.flatMap((share) => {
      const y = curveBottom - share * curveHeight
      return [svgLine([left, y], [width - 30, y], 'grid'), svgText(left - 10, y + 4, `${100 * share} %`, 'end')]
    }),
    ...[0.5, 1].map((limit) => svgLine([scale.at(limit), curveTop], [scale.at(limit), curveBottom], 'mark')),
    ...kinds.map(({ errors, known, color }) => plotCurve(errors, known, color, scale)),
    ...kinds.map(({ name, color }, n) => plotKey(name, color, left + n * 130, curveBottom + 34))
  ])
}

/** Steps up by 1 / known at each error. */
function plotCurve(sorted: readonly number[], known: number, color: string, scale: Scale): string {
  const bottom = curveTop + curveHeight
  const steps = sorted.map(
    (error, n) => `H${pixels(scale.at(error))}V${pixels(bottom - ((n + 1) / known) * curveHeight)}`
  )
  const path = `M${pixels(scale.at(0))} ${bottom}${steps.join('')}H${pixels(scale.at(scale.high))}`
  return `<path d="${path}" fill="none" stroke="${color}" stroke-width="2"/>`
}

function plotKey(name: string, color: string, x: number, y: number): string {
  return `<path d="M${x} ${y - 4}h18" stroke="${color}" stroke-width="3"/>${svgText(x + 24, y, name)}`
}
