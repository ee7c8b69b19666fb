import type { Scale } from './scale.ts'
import { pixels } from './svg.ts'

/** What a population has as a band, its middle as a line; both of a class of the document's style. */
export function plotBand(
  { mean, sd }: { readonly mean: number; readonly sd: number },
  scale: Scale,
  top: number,
  bottom: number
): string[] {
  const inside = (value: number): number => scale.at(Math.max(scale.low, Math.min(scale.high, value)))
  const [left, right] = [inside(mean - 2 * sd), inside(mean + 2 * sd)]
  const height = pixels(bottom - top)
  const band = `<rect class="band" x="${pixels(left)}" y="${pixels(top)}" width="${pixels(right - left)}" height="${height}" rx="2"/>`
  if (mean < scale.low || mean > scale.high) return [band]
  return [band, `<path class="mean" d="M${pixels(scale.at(mean))} ${pixels(top)}v${height}"/>`]
}
