import { type Geometry, indexFromIndex, voxelCount } from '../core/geometry.ts'
import { sampleGrid } from '../core/resample.ts'
import type { Answer } from './answer.ts'

/** Voxel values of one of several answers. */
interface AnswerMap {
  readonly geometry: Geometry
  readonly data: Float32Array
}

/** What several answers say on average, on the first one's grid; where an answer does not reach, it has no say. */
export function meanMaps(
  answers: readonly [Answer, ...Answer[]],
  mapsOf: (answer: Answer) => readonly Float32Array[]
): Float32Array[] {
  const [first] = answers
  return mapsOf(first).map((_, n) =>
    meanMap(
      first.geometry,
      answers.map((answer) => ({ geometry: answer.geometry, data: mapsOf(answer)[n] as Float32Array }))
    )
  )
}

function meanMap(geometry: Geometry, maps: readonly AnswerMap[]): Float32Array {
  const [sum, count] = [new Float32Array(voxelCount(geometry)), new Uint8Array(voxelCount(geometry))]
  const seen = new Float32Array(sum.length)
  for (const map of maps) {
    sampleGrid(indexFromIndex(geometry, map.geometry), geometry.size, map, Number.NaN, seen)
    seen.forEach((value, at) => {
      if (Number.isNaN(value)) return
      sum[at] = (sum[at] as number) + value
      count[at] = (count[at] as number) + 1
    })
  }
  return sum.map((value, at) => value / (count[at] as number))
}
