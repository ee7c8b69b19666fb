import { indexFromIndex, voxelCount } from '../../core/geometry/geometry.ts'
import { sampleGrid } from '../../core/geometry/resample.ts'
import type { Prediction } from '../predict/prediction.ts'

/** What several predictions say on average, each of them needed only while it is added. */
export interface MeanPrediction {
  add(prediction: Prediction): void
  /** To be asked for once, after all have been added. */
  mean(): Prediction
}

/** The mean of a prediction and others, on its grid; where another one does not reach, that has no say. */
export function meanFrom(first: Prediction): MeanPrediction {
  const { geometry } = first
  const seen = new Float32Array(voxelCount(geometry))
  const count = new Uint8Array(seen.length)
  const sums = mapsOf(first).map(() => new Float32Array(seen.length))

  function add(prediction: Prediction): void {
    const map = indexFromIndex(geometry, prediction.geometry)
    for (const [n, data] of mapsOf(prediction).entries()) {
      sampleGrid(map, geometry.size, { geometry: prediction.geometry, data }, Number.NaN, seen)
      const sum = sums[n] as Float32Array
      for (let at = 0; at < seen.length; at++) {
        const value = seen[at] as number
        if (Number.isNaN(value)) continue
        sum[at] = (sum[at] as number) + value
        // All maps of a prediction reach as far.
        if (n === 0) count[at] = (count[at] as number) + 1
      }
    }
  }

  add(first)
  return {
    add,
    mean() {
      for (const sum of sums) {
        for (let at = 0; at < sum.length; at++) sum[at] = (sum[at] as number) / (count[at] as number)
      }
      const parts = first.logits.length
      return { geometry, logits: sums.slice(0, parts), heatmaps: sums.slice(parts) }
    }
  }
}

function mapsOf({ logits, heatmaps }: Prediction): Float32Array[] {
  return [...logits, ...heatmaps]
}
