import type { EarFrame } from '../core/ear-frame.ts'
import type { Geometry } from '../core/geometry.ts'
import { indexFromIndex, voxelCount } from '../core/geometry.ts'
import { sampleGrid } from '../core/resample.ts'
import { multiply, rotationAbout, scale, type Vector3 } from '../core/vector.ts'
import type { Scan } from '../core/volume.ts'
import type { Answer } from './answer.ts'
import { judge } from './candidate.ts'
import { earGrid, imageOn } from './image.ts'
import type { Network } from './model.ts'
import type { Outline } from './outline.ts'
import { fitPoses } from './pose.ts'

/** Axes (corners of a tetrahedron) and angle of the turns from which an ear is looked at again. */
const axes: readonly Vector3[] = [
  [1, 1, 1],
  [1, -1, -1],
  [-1, 1, -1],
  [-1, -1, 1]
]
const angle = (8 * Math.PI) / 180

/**
 * Test-time augmentation (Wang et al. 2019): the mean of what the outliner answers from the ear's frame, from frames
 * turned a little, and from the frame in which the ear is seen as its mirror image.
 * @returns an outline read from the mean, in the frame that it tells
 */
export async function augmentOutline(scan: Scan, outliner: Network, outline: Outline): Promise<Outline> {
  const answers: Answer[] = [outline.answer]
  for (const frame of [...axes.map((axis) => turned(outline.frame, axis)), ...mirrored(outline)]) {
    answers.push(await outliner.answer(imageOn(scan, earGrid(outliner, frame))))
  }
  const answer = meanAnswer(answers)
  const candidate = judge(answer, outliner.metadata.heatmapSigma)
  return candidate === undefined ? outline : { ...candidate, answer }
}

function turned(frame: EarFrame, axis: Vector3): EarFrame {
  return { ...frame, direction: multiply(frame.direction, rotationAbout(scale(axis, 1 / Math.sqrt(3)), angle)) }
}

/** The frame in which the ear, taken for one of the other side, looks most like an ear. */
function mirrored({ frame, reading }: Outline): EarFrame[] {
  const poses = fitPoses(reading.points)
  return poses === undefined ? [] : [poses[frame.side === 'left' ? 'right' : 'left'].frame]
}

/** The mean evidence and heatmaps on the first answer's grid; where an answer does not reach, it has no say. */
function meanAnswer(answers: readonly Answer[]): Answer {
  const { geometry, evidence, heatmaps } = answers[0] as Answer
  const mean = (mapsOf: (answer: Answer) => readonly Float32Array[], n: number): Float32Array =>
    meanMap(
      geometry,
      answers.map((answer) => ({ geometry: answer.geometry, data: mapsOf(answer)[n] as Float32Array }))
    )
  return {
    geometry,
    evidence: evidence.map((_, n) => mean((answer) => answer.evidence, n)),
    heatmaps: heatmaps.map((_, n) => mean((answer) => answer.heatmaps, n))
  }
}

function meanMap(
  geometry: Geometry,
  maps: readonly { readonly geometry: Geometry; readonly data: Float32Array }[]
): Float32Array {
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
