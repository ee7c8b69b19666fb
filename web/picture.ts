import { element } from './element.ts'
import { grayImage } from './gray-image.ts'
import type { Preview } from './worker/analysis-worker.ts'

/** Gray values as a canvas, its pixels as high and wide as they are in the scan. */
export function pictureOf({ width, height, aspect, gray }: Preview): HTMLCanvasElement {
  const canvas = element('canvas', { width, height })
  canvas.style.aspectRatio = `${width} / ${height * aspect}`
  canvas.getContext('2d')?.putImageData(
    grayImage(width, height, (pixel) => gray[pixel] as number),
    0,
    0
  )
  return canvas
}
