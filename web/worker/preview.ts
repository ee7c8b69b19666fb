import type { Scan } from '../../src/core/volume.ts'
import { window } from '../../src/report/picture/slice.ts'
import type { Preview } from './analyst.ts'

/** The three middle slices of a scan, thinned to at most this many pixels along an edge. */
const maxPixels = 320

export function previewOf({ geometry: { size, spacing }, data }: Scan): Preview[] {
  const [nx, ny, nz] = size
  const strides = [1, nx, nx * ny] as const
  const middle = [nx >> 1, ny >> 1, nz >> 1] as const
  return (
    [
      [0, 1, 2],
      [0, 2, 1],
      [1, 2, 0]
    ] as const
  ).map(([across, up, through]) => {
    const thin = Math.ceil(Math.max(size[across], size[up]) / maxPixels)
    const [width, height] = [Math.floor(size[across] / thin), Math.floor(size[up] / thin)]
    const gray = new Uint8ClampedArray(width * height)
    const start = middle[through] * strides[through]
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const value = data[start + x * thin * strides[across] + y * thin * strides[up]] as number
        gray[x + width * y] = (255 * (value - window.low)) / (window.high - window.low)
      }
    }
    return { width, height, aspect: spacing[up] / spacing[across], gray }
  })
}
