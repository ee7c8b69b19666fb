import { radians } from '../../core/math/angle.ts'
import { dot, subtract, type Vector3 } from '../../core/math/vector.ts'
import { pixels, svgDocument, svgLine, svgText } from '../../core/plots/svg.ts'
import { endOf, sectionAt } from '../../implant/lumen.ts'
import { tonotopyOf } from '../../implant/tonotopy.ts'
import type { CochlearDuct } from '../../measure/cochlea/cochlear-duct.ts'
import { ductOf } from '../duct-result.ts'
import { escapeHtml } from '../escape-html.ts'
import type { AnalysisResult } from '../result.ts'
import { arrayColor } from './array-color.ts'
import type { PlanFile, PlannedEar } from './plan-file.ts'

const view = { size: 260, edge: 12, left: 10, top: 40 }

/** How wide the drawing is and where the unrolled duct stands, in pixels. */
interface Layout {
  readonly width: number
  /** From and to where across the drawing, its first row's top and a row's height. */
  readonly rolled: { readonly left: number; readonly right: number; readonly top: number; readonly row: number }
  /** Where an array's name ends, or begins, beside or above its row. */
  readonly name: { readonly x: number; readonly y: number; readonly kind: 'end' | '' }
  /** Where the warnings of the analysis stand in full. */
  readonly warnings: string
}

/** The file `plan.svg`, or a narrow column of the page, where the unrolled duct stands below the cochlear view. */
const layouts: Readonly<Record<'file' | 'page', Layout>> = {
  file: {
    width: 980,
    rolled: { left: 540, right: 960, top: 86, row: 34 },
    name: { x: 524, y: 26, kind: 'end' },
    warnings: 'see plan.json'
  },
  page: {
    width: 480,
    rolled: { left: 20, right: 460, top: 376, row: 44 },
    name: { x: 20, y: 9, kind: '' },
    warnings: 'see above'
  }
}

const octaves = [125, 250, 500, 1000, 2000, 4000, 8000, 16000]

/**
 * The arrays of a plan in the cochlear view, along the modiolar axis, and in the unrolled duct with its frequencies.
 * @param place where it is shown
 */
export function planDrawing(plan: PlanFile, result: AnalysisResult, place: keyof typeof layouts): string {
  const layout = layouts[place]
  let top = 0
  const content = plan.ears.flatMap((ear) => {
    const known = result.ears.find(({ side }) => side === ear.side)?.duct
    if (known === undefined) return []
    const duct = ductOf(known)
    const drawn = [
      svgText(10, 20, `${ear.side === 'right' ? 'Right' : 'Left'} ear${warningsOf(ear, layout)}`, 'title'),
      ...cochlearView(duct, ear),
      ...unrolled(duct, ear, layout)
    ]
    const group = `<g transform="translate(0 ${top})">${drawn.join('\n')}</g>`
    top += earHeight(ear, layout)
    return [group]
  })
  return svgDocument(layout.width, top + 20, 'Electrode arrays laid into the cochlea', [
    ...content,
    svgText(10, top + 8, plan.notice)
  ])
}

function warningsOf({ flags }: PlannedEar, { warnings }: Layout): string {
  const count = flags.filter(({ severity }) => severity === 'warning').length
  return count === 0 ? '' : ` (${count === 1 ? 'a warning' : `${count} warnings`} of the analysis: ${warnings})`
}

function earHeight({ arrays }: PlannedEar, { rolled }: Layout): number {
  return Math.max(view.top + view.size + 20, rolled.top + arrays.length * rolled.row + 50)
}

function cochlearView(duct: CochlearDuct, { arrays }: PlannedEar): string[] {
  const { size, edge, left, top } = view
  const at = (x: number, y: number): readonly [number, number] => [
    left + (x / edge + 0.45) * size,
    top + (0.5 - y / edge) * size
  ]
  const spiral = (radiusOf: (angle: number) => number): string => {
    const steps = Array.from({ length: Math.floor(endOf(duct) / 5) + 1 }, (_, n) => n * 5)
    const points = steps.map((angle) => {
      const radius = radiusOf(angle)
      return at(radius * Math.cos(radians(angle)), radius * Math.sin(radians(angle)))
        .map(pixels)
        .join(' ')
    })
    return `<path d="M${points.join('L')}" fill="none" stroke="#9aa5b1"/>`
  }
  const ray = (angle: number): string[] => {
    const along = (mm: number) => at(mm * Math.cos(radians(angle)), mm * Math.sin(radians(angle)))
    const label = along(5)
    return [svgLine(at(0, 0), along(4.6), 'grid'), svgText(label[0], label[1] + 4, `${angle}°`, 'middle')]
  }
  const { frame } = duct
  return [
    ...[90, 180, 270].flatMap(ray),
    spiral((angle) => sectionAt(duct, angle).wall.radius),
    spiral((angle) => {
      const { radius, shape } = sectionAt(duct, angle)
      return Math.max(0, radius - Math.sqrt(shape[0]))
    }),
    ...arrays.flatMap(({ contacts }, n) => {
      const marks = contacts.flatMap(({ inside }) => {
        if (inside === undefined) return []
        const offset = subtract(inside.position as Vector3, frame.axis.point)
        const [x, y] = at(dot(offset, frame.zero), dot(offset, frame.quarter))
        return [`<circle cx="${pixels(x)}" cy="${pixels(y)}" r="3"/>`]
      })
      return [`<g fill="${arrayColor(n)}" fill-opacity=".8">${marks.join('')}</g>`]
    })
  ]
}

function unrolled(duct: CochlearDuct, { arrays }: PlannedEar, layout: Layout): string[] {
  const { left, right, top, row } = layout.rolled
  const end = endOf(duct)
  const x = (angle: number): number => left + (angle / end) * (right - left)
  const bottom = top + arrays.length * row
  const tonotopy = tonotopyOf(duct)
  const angles = Array.from({ length: Math.floor(end / 90) + 1 }, (_, n) => n * 90)
  const marked = octaves.flatMap((hertz) => {
    const angle = angleOf(tonotopy.frequency, hertz, end)
    return angle === undefined ? [] : [svgText(x(angle), top - 22, labelOf(hertz), 'middle')]
  })
  return [
    svgText(left, top - 42, 'Frequency of the place, Hz (Greenwood 1990)'),
    ...marked,
    ...angles.flatMap((angle) => [
      svgLine([x(angle), top - 12], [x(angle), bottom], 'grid'),
      svgText(x(angle), bottom + 16, `${angle}°`, 'middle')
    ]),
    svgText(left, bottom + 34, 'Angle from the round window about the modiolar axis; bars: 90 %'),
    ...arrays.flatMap((planned, n) => arrayRow(planned, n, top + n * row, x, layout))
  ]
}

function arrayRow(
  { array, contacts, target }: PlannedEar['arrays'][number],
  n: number,
  top: number,
  x: (angle: number) => number,
  { name }: Layout
): string[] {
  const y = top + 22
  const bars = contacts.flatMap(({ inside }) =>
    inside?.angleInterval === undefined
      ? []
      : [`M${pixels(x(inside.angleInterval[0]))} ${y}H${pixels(x(inside.angleInterval[1]))}`]
  )
  const marks = contacts.flatMap(({ inside }) =>
    inside === undefined ? [] : [`<circle cx="${pixels(x(inside.angle))}" cy="${y}" r="3.5"/>`]
  )
  return [
    svgText(name.x, top + name.y, escapeHtml(`${array.maker} ${array.model}`.slice(0, 36)), name.kind),
    `<path d="${bars.join('')}" stroke="${arrayColor(n)}" stroke-opacity=".4" stroke-width="7"/>`,
    `<g fill="${arrayColor(n)}">${marks.join('')}</g>`,
    ...(target === undefined ? [] : [svgLine([x(target.angle), top + 8], [x(target.angle), top + 34], 'mark')])
  ]
}

/** Where a falling function of the angle has a value; undefined where it has not. */
function angleOf(frequency: (angle: number) => number, wanted: number, end: number): number | undefined {
  let [low, high] = [0, end]
  if (frequency(low) < wanted || frequency(high) > wanted) return undefined
  for (let round = 0; round < 30; round++) {
    const middle = (low + high) / 2
    if (frequency(middle) > wanted) low = middle
    else high = middle
  }
  return (low + high) / 2
}

function labelOf(hertz: number): string {
  return hertz < 1000 ? String(hertz) : `${hertz / 1000}k`
}
