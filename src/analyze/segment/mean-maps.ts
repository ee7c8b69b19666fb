import { type Geometry, indexFromIndex, voxelCount } from '../../core/geometry/geometry.ts'
import { sampleGrid } from '../../core/geometry/resample.ts'
import type { Prediction } from '../predict/prediction.ts'

/** Voxel values of one of several predictions. */
interface PredictedMap {
  readonly geometry: Geometry
  readonly data: Float32Array
}

/** What several predictions say on average, on the first one's grid; where a prediction does not reach, it has no say. */
export function meanMaps(
  predictions: readonly [Prediction, ...Prediction[]],
  mapsOf: (prediction: Prediction) => readonly Float32Array[]
): Float32Array[] {
  const [first] = predictions
  return mapsOf(first).map((_, n) =>
    meanMap(
      first.geometry,
      predictions.map((prediction) => ({ geometry: prediction.geometry, data: mapsOf(prediction)[n] as Float32Array }))
    )
  )
}

function meanMap(geometry: Geometry, maps: readonly PredictedMap[]): Float32Array {
  const [sum, count] = [new Float32Array(voxelCount(geometry)), new Uint8Array(voxelCount(geometry))]
  const seen = new Float32Array(sum.length)
  for (const map of maps) {
    sampleGrid(indexFromIndex(geometry, map.geometry), geometry.size, map, Number.NaN, seen)
    for (let at = 0; at < sum.length; at++) {
      const value = seen[at] as number
      if (Number.isNaN(value)) continue
      sum[at] = (sum[at] as number) + value
      count[at] = (count[at] as number) + 1
    }
  }
  for (let at = 0; at < sum.length; at++) sum[at] = (sum[at] as number) / (count[at] as number)
  return sum
}
