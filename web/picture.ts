import { element } from './element.ts'
import type { Preview } from './worker/analyst.ts'

/** Gray values as a canvas, its pixels as high and wide as they are in the scan. */
export function pictureOf({ width, height, aspect, gray }: Preview): HTMLCanvasElement {
  const canvas = element('canvas', { width, height })
  canvas.style.aspectRatio = `${width} / ${height * aspect}`
  const image = new ImageData(width, height)
  for (const [at, value] of gray.entries()) image.data.set([value, value, value, 255], 4 * at)
  canvas.getContext('2d')?.putImageData(image, 0, 0)
  return canvas
}
