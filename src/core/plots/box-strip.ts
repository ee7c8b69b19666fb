import { quantile } from '../math/quantile.ts'
import type { Scale } from './scale.ts'
import { pixels } from './svg.ts'

/** Dots are spread over this height, half above and half below the middle. */
const stripHeight = 18

/**
 * A row: every value as a dot, and over them the box of the quartiles with the median and whiskers to the farthest
 * values within 1.5 box lengths (Tukey 1977).
 */
export function plotBoxStrip(values: readonly number[], y: number, scale: Scale, color: string): string[] {
  if (values.length === 0) return []
  const [lower, middle, upper] = [0.25, 0.5, 0.75].map((share) => quantile(values, share)) as [number, number, number]
  const reach = 1.5 * (upper - lower)
  const within = values.filter((value) => value >= lower - reach && value <= upper + reach)
  const [left, right] = [Math.min(...within), Math.max(...within)].map((value) => pixels(scale.at(value)))
  const [x0, x1, median] = [lower, upper, middle].map((value) => pixels(scale.at(value)))
  const width = pixels(scale.at(upper) - scale.at(lower))
  const dots = values.map((value, n) => {
    // Multiples of the golden ratio fill the strip evenly, whatever their number.
    const shift = (((n * 0.618034) % 1) - 0.5) * stripHeight
    return `<circle cx="${pixels(scale.at(value))}" cy="${pixels(y + shift)}" r="2.5"/>`
  })
  return [
    `<g fill="${color}" fill-opacity=".55">${dots.join('')}</g>`,
    `<path d="M${left} ${y}H${x0}M${x1} ${y}H${right}" stroke="#1d2733"/>`,
    `<rect x="${x0}" y="${y - 6}" width="${width}" height="12" fill="${color}" fill-opacity=".2" stroke="#1d2733"/>`,
    `<path d="M${median} ${y - 6}v12" stroke="#1d2733" stroke-width="2.5"/>`
  ]
}
