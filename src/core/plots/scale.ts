import { svgLine, svgText } from './svg.ts'

/** A linear scale from values to pixels. */
export interface Scale {
  readonly low: number
  readonly high: number
  readonly ticks: readonly number[]
  at(value: number): number
}

/** A scale whose ends are round numbers just outside the values, at most `limit` where that is given. */
export function scaleOf(values: readonly number[], [from, to]: readonly [number, number], limit = Infinity): Scale {
  const [least, most] = [Math.min(...values), Math.max(...values)]
  const step = roundStep((most - least) / 4 || 0.1)
  const low = Math.floor(least / step) * step
  const high = Math.min(limit, Math.max(Math.ceil(most / step) * step, low + step))
  const ticks = Array.from({ length: Math.round((high - low) / step) + 1 }, (_, n) => low + n * step)
  return { ...linearScale([low, high], [from, to]), ticks }
}

/** A scale between two values, without ticks. */
export function linearScale([low, high]: readonly [number, number], [from, to]: readonly [number, number]): Scale {
  return { low, high, ticks: [], at: (value) => from + ((value - low) / (high - low)) * (to - from) }
}

/** The least of 1, 2 and 5 times a power of ten that is not less. */
function roundStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step))
  return power * ([1, 2, 5].find((factor) => factor * power >= step) ?? 10)
}

/** Vertical grid lines from `top` to `bottom` with their numbers below. */
export function plotAxis(scale: Scale, top: number, bottom: number): string[] {
  return scale.ticks.flatMap((tick) => [
    svgLine([scale.at(tick), top], [scale.at(tick), bottom], 'grid'),
    svgText(scale.at(tick), bottom + 14, Number(tick.toFixed(6)).toString(), 'middle')
  ])
}
