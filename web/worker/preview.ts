import type { Scan } from '../../src/core/volume.ts'
import type { SeriesPicture } from '../../src/io/dicom/series-picture.ts'
import { window } from '../../src/report/picture/slice.ts'
import type { Preview } from './analysis-worker.ts'

/** Pictures are thinned to at most this many pixels along an edge: those of a scan, and of a series to choose. */
const maxPixels = { scan: 320, series: 160 } as const

/** The three middle slices of a scan. */
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
    const start = middle[through] * strides[through]
    const valueAt = (x: number, y: number): number => data[start + x * strides[across] + y * strides[up]] as number
    return thinned([size[across], size[up]], spacing[up] / spacing[across], maxPixels.scan, valueAt)
  })
}

/** A slice of a series to choose. */
export function previewOfSlice({ columns, rows, aspect, values }: SeriesPicture): Preview {
  return thinned([columns, rows], aspect, maxPixels.series, (x, y) => values[x + columns * y] as number)
}

/** @param valueAt Hounsfield units */
function thinned(
  [columns, rows]: readonly [number, number],
  aspect: number,
  most: number,
  valueAt: (x: number, y: number) => number
): Preview {
  const thin = Math.ceil(Math.max(columns, rows) / most)
  const [width, height] = [Math.floor(columns / thin), Math.floor(rows / thin)]
  const gray = new Uint8ClampedArray(width * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      gray[x + width * y] = (255 * (valueAt(x * thin, y * thin) - window.low)) / (window.high - window.low)
    }
  }
  return { width, height, aspect, gray }
}
