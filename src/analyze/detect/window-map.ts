import { cropGeometry } from '../../core/geometry/geometry.ts'
import { boxesOverlap, cropVoxels, type VoxelBox } from '../../core/image/box.ts'
import type { Volume } from '../../core/volume.ts'
import type { Network } from '../model.ts'
import { labyrinthProbability } from '../predict/prediction.ts'
import type { Window } from './plan-windows.ts'

/** The probability of the labyrinth in an image, from windows that are evaluated when they are needed, each once. */
export interface WindowMap {
  /** In one window, voxel by voxel of its box. */
  probabilityIn(window: Window): Promise<Float32Array>
  /** The weighted mean of all windows that reach into a box, which count the more the nearer their middle is; 0 where none is. */
  meanIn(box: VoxelBox): Promise<Float32Array>
}

/**
 * @param image Hounsfield units
 * @param windows all that may be evaluated
 * @param beforeEach is called before the network runs; what it throws ends the search
 */
export function createWindowMap(
  network: Network,
  { geometry, data }: Volume<Float32Array>,
  windows: readonly Window[],
  beforeEach: () => void
): WindowMap {
  const { size } = geometry
  const tapers = network.metadata.grid.size.map(taperOf) as [Float64Array, Float64Array, Float64Array]
  const known = new Map<Window, Float32Array>()
  const probabilityIn = async (window: Window): Promise<Float32Array> => {
    const before = known.get(window)
    if (before !== undefined) return before
    beforeEach()
    const { box } = window
    const image = { geometry: cropGeometry(geometry, box.start, box.size), data: cropVoxels(data, size, box) }
    const probability = labyrinthProbability(await network.predict(image))
    known.set(window, probability)
    return probability
  }
  return {
    probabilityIn,
    async meanIn(box) {
      const sums = new Float32Array(box.size[0] * box.size[1] * box.size[2])
      const weights = new Float32Array(sums.length)
      for (const window of windows) {
        if (boxesOverlap(window.box, box))
          addWeighted(sums, weights, box, await probabilityIn(window), window.box, tapers)
      }
      return sums.map((sum, at) => (sum === 0 ? 0 : sum / (weights[at] as number)))
    }
  }
}

function taperOf(edge: number): Float64Array {
  return Float64Array.from({ length: edge }, (_, n) => Math.sin((Math.PI * (n + 0.5)) / edge) ** 2)
}

/** Adds a window's values in a box, each times the taper there, and the tapers themselves. */
function addWeighted(
  sums: Float32Array,
  weights: Float32Array,
  box: VoxelBox,
  values: Float32Array,
  window: VoxelBox,
  [x, y, z]: readonly [Float64Array, Float64Array, Float64Array]
): void {
  const low = (axis: 0 | 1 | 2): number => Math.max(box.start[axis], window.start[axis])
  const end = (axis: 0 | 1 | 2): number =>
    Math.min(box.start[axis] + box.size[axis], window.start[axis] + window.size[axis])
  const [left, width] = [low(0) - window.start[0], end(0) - low(0)]
  for (let k = low(2); k < end(2); k++) {
    for (let j = low(1); j < end(1); j++) {
      const row = (y[j - window.start[1]] as number) * (z[k - window.start[2]] as number)
      const [to, from] = [placeIn(box, low(0), j, k), placeIn(window, low(0), j, k)]
      for (let i = 0; i < width; i++) {
        const weight = row * (x[left + i] as number)
        sums[to + i] = (sums[to + i] as number) + weight * (values[from + i] as number)
        weights[to + i] = (weights[to + i] as number) + weight
      }
    }
  }
}

/** Where a voxel of the image lies in the data of a box. */
function placeIn({ start, size }: VoxelBox, i: number, j: number, k: number): number {
  return i - start[0] + size[0] * (j - start[1] + size[1] * (k - start[2]))
}
