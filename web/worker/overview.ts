import type { Vector3 } from '../../src/core/math/vector.ts'
import type { Scan } from '../../src/core/volume.ts'
import { type OverviewGrid, overviewViews } from '../overview-map.ts'
import type { Overview, Preview } from './analysis-worker.ts'
import { orderOf, uprightGrid } from './ear-view.ts'

/** A picture has at most this many pixels along an edge; a line of sight takes as many samples. */
const maxPixels = 220

/** Hounsfield units of air; less is no tissue, but what scanners write outside their field. */
const air = -1000

/** Shares of pixels that are drawn black and white. */
const clipped = { dark: 0.02, bright: 0.998 } as const

/** The whole scan as an X-ray would show it: mean densities along its axes, from below, from the front, from the left. */
export function overviewOf({ geometry, data }: Scan): Overview {
  const grid: OverviewGrid = uprightGrid(geometry)
  const { start, steps } = orderOf(geometry, grid)
  const thin = grid.size.map((voxels) => Math.ceil(voxels / maxPixels)) as unknown as Vector3
  const count = grid.size.map((voxels, axis) => Math.floor(voxels / (thin[axis] as number))) as unknown as Vector3
  const sums = overviewViews.map(({ across, up }) => new Float32Array(count[across] * count[up]))
  const [nx, ny, nz] = count
  for (let z = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      const row = start + y * thin[1] * steps[1] + z * thin[2] * steps[2]
      for (let x = 0; x < nx; x++) {
        const density = Math.max(0, (data[row + x * thin[0] * steps[0]] as number) - air)
        const at = [x, y, z] as const
        for (const [view, { across, up }] of overviewViews.entries()) {
          // Right, front and top come first, on the left and on top.
          const pixel = count[across] - 1 - at[across] + count[across] * (count[up] - 1 - at[up])
          const sum = sums[view] as Float32Array
          sum[pixel] = (sum[pixel] as number) + density
        }
      }
    }
  }
  const edge = (axis: 0 | 1 | 2): number => grid.spacing[axis] * thin[axis]
  const pictures = overviewViews.map(
    ({ across, up }, view): Preview => ({
      width: count[across],
      height: count[up],
      aspect: edge(up) / edge(across),
      gray: stretched(sums[view] as Float32Array)
    })
  )
  return { grid, pictures }
}

/** Gray values that use the whole range. */
function stretched(values: Float32Array): Uint8ClampedArray<ArrayBuffer> {
  const sorted = values.toSorted()
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] as number
  const [low, high] = [at(clipped.dark), at(clipped.bright)]
  return Uint8ClampedArray.from(values, (value) => (255 * (value - low)) / Math.max(high - low, 1))
}
