import {
  applyAffine,
  boundsUnder,
  createGeometry,
  type Geometry,
  indexFromIndex,
  sameGrid,
  voxelCount,
  voxelIndex,
  worldFromIndex
} from '../core/geometry/geometry.ts'
import type { Vector3 } from '../core/math/vector.ts'
import type { Volume } from '../core/volume.ts'

/** Two label maps on one grid. */
export interface LabelPair {
  readonly predicted: Uint8Array
  readonly truth: Uint8Array
  readonly geometry: Geometry
}

/** Maximum size of the extended grid. A prediction so far from the truth that it needs more is judged on the truth's grid. */
const maxVoxels = 400e6

/**
 * A prediction on the truth's grid, by nearest neighbour where its own is another. The grid is extended where the
 * prediction reaches beyond it, so that nothing wrong is left out.
 */
export function onCommonGrid(predicted: Volume<Uint8Array>, truth: Volume<Uint8Array>): LabelPair {
  if (sameGrid(predicted.geometry, truth.geometry)) {
    return { predicted: predicted.data, truth: truth.data, geometry: truth.geometry }
  }
  const geometry = extended(truth.geometry, predicted)
  return { predicted: nearestLabels(predicted, geometry), truth: nearestLabels(truth, geometry), geometry }
}

/** The grid with as many voxels more on each side as it takes to hold all labels. */
function extended(grid: Geometry, labels: Volume<Uint8Array>): Geometry {
  const bounds = contentBounds(labels)
  if (bounds === undefined) return grid
  const { low, high } = boundsUnder(indexFromIndex(labels.geometry, grid), ...bounds)
  const start = low.map((index) => Math.min(0, Math.floor(index + 0.5))) as [number, number, number]
  const size = high.map((index, axis) => {
    const end = Math.max(grid.size[axis] as number, Math.ceil(index + 0.5))
    return end - (start[axis] as number)
  }) as [number, number, number]
  if (size[0] * size[1] * size[2] > maxVoxels) return grid
  return createGeometry({ ...grid, size, origin: applyAffine(worldFromIndex(grid), start) })
}

/** Borders, in continuous indices, of the box around all labels. */
function contentBounds({ data, geometry }: Volume<Uint8Array>): [Vector3, Vector3] | undefined {
  const low: [number, number, number] = [Infinity, Infinity, Infinity]
  const high: [number, number, number] = [-Infinity, -Infinity, -Infinity]
  for (let at = 0; at < data.length; at++) {
    if (data[at] === 0) continue
    const index = voxelIndex(geometry.size, at)
    for (const axis of [0, 1, 2] as const) {
      low[axis] = Math.min(low[axis], index[axis] - 0.5)
      high[axis] = Math.max(high[axis], index[axis] + 0.5)
    }
  }
  return low[0] === Infinity ? undefined : [low, high]
}

function nearestLabels({ data, geometry }: Volume<Uint8Array>, target: Geometry): Uint8Array {
  const map = indexFromIndex(target, geometry)
  const [nx, ny, nz] = geometry.size
  const [width, height] = target.size
  return new Uint8Array(voxelCount(target)).map((_, at) => {
    const place = applyAffine(map, [at % width, Math.floor(at / width) % height, Math.floor(at / (width * height))])
    const [i, j, k] = [Math.floor(place[0] + 0.5), Math.floor(place[1] + 0.5), Math.floor(place[2] + 0.5)]
    const inside = i >= 0 && j >= 0 && k >= 0 && i < nx && j < ny && k < nz
    return inside ? (data[i + nx * (j + ny * k)] as number) : 0
  })
}
