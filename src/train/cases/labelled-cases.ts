import { readLabels } from '../../cases/read-labels.ts'
import { parts } from '../../core/anatomy.ts'
import { boundsUnder, cropGeometry, type Geometry, indexFromWorld, voxelCount } from '../../core/geometry/geometry.ts'
import { fillBeyond, type HalfSpace } from '../../core/geometry/half-space.ts'
import { resample } from '../../core/geometry/resample.ts'
import type { Landmark } from '../../core/landmark.ts'
import { createRandom } from '../../core/math/random.ts'
import type { Vector3 } from '../../core/math/vector.ts'
import type { Volume, VoxelArray } from '../../core/volume.ts'
import { diskFiles } from '../../node/file-access.ts'
import { readScan } from '../../node/read-scan.ts'
import { absentLandmarks, type CaseSource, type TrainingCase } from './case-source.ts'
import { keepRecent } from './keep-recent.ts'
import type { EarTruth } from './labelled-ear.ts'
import type { CaseSplit } from './split-cases.ts'
import type { LabelledCase } from './survey-cases.ts'

/** Stream of random numbers of a source's seed. */
const drawStream = 2

/** Memory, in each thread that prepares samples, for scans that are likely to be drawn again. */
const maxBytesKept = 512 * 2 ** 20

/** One ear of a labelled case, or a scan without one. */
interface LabelledEar {
  readonly from: LabelledCase
  readonly ear: LabelledCase['ears'][number] | null
}

/**
 * Cases from a folder of labelled scans. Every ear is a case; each is as likely as any other at every draw.
 * @param reach half the edge in mm of the cube around an ear that samples are taken from; of what lies beyond nothing is
 * kept. Undefined keeps the whole scan.
 */
export function labelledCases(folder: string, split: CaseSplit, seed: number, reach: number | undefined): CaseSource {
  const [training, heldOut] = [earsOf(split.training), earsOf(split.heldOut)]
  const openRecent = keepRecent((ear: LabelledEar) => open(ear, reach), bytesOf, maxBytesKept)
  return {
    name: `${split.training.length} labelled cases of ${folder}, ${split.heldOut.length} more held out (seed ${seed})`,
    draw: (index) => openRecent(createRandom(seed, drawStream, index).pick(training)),
    heldOut: { count: heldOut.length, draw: (index) => open(heldOut[index] as LabelledEar, reach) }
  }
}

function earsOf(cases: readonly LabelledCase[]): LabelledEar[] {
  return cases.flatMap((from): LabelledEar[] =>
    from.ears.length === 0 ? [{ from, ear: null }] : from.ears.map((ear) => ({ from, ear }))
  )
}

/** Those of the scan and of as many labels. */
function bytesOf({ scan }: TrainingCase): number {
  return scan.data.byteLength + voxelCount(scan.geometry)
}

async function open({ from, ear }: LabelledEar, reach: number | undefined): Promise<TrainingCase> {
  const { files } = from
  const { scan } = await readScan(files.scan)
  const outlines = files.labels === null ? null : await readLabels(diskFiles, files.labels, files.labelNumbers)
  const crop = <T extends VoxelArray>(volume: Volume<T>): Volume<T> =>
    ear === null || reach === undefined ? volume : cropAround(volume, ear.frame.origin, reach)
  const map = outlines && ear?.isOutlined !== false ? crop(outlines.labels) : null
  return {
    name: ear === null ? from.name : `${from.name}, ${ear.frame.side} ear`,
    scan: crop(scan),
    labels: map && ((geometry) => labelsOn(map, geometry, ear?.hidden)),
    landmarks: ear === null ? absentLandmarks : landmarksOf(ear, from.ears),
    frames: ear === null ? [] : [ear.frame],
    ...(ear?.hidden && { hidden: ear.hidden })
  }
}

/** The landmarks of an ear, and those of another that a sample may show, where the same ones are known of it. */
function landmarksOf(ear: EarTruth, ears: readonly EarTruth[]): Landmark[] {
  const others = ear.hidden === undefined ? ears.filter((other) => other !== ear) : []
  const also = others.flatMap(({ landmarks }) => landmarks)
  return [...ear.landmarks, ...also.filter(({ id }) => ear.landmarks.some((own) => own.id === id))]
}

/** The part of a volume within `reach` mm of a place (LPS mm) along each axis of the world. */
function cropAround<T extends VoxelArray>(volume: Volume<T>, place: Vector3, reach: number): Volume<T> {
  const { geometry, data } = volume
  const toIndex = indexFromWorld(geometry)
  const corner = (sign: number): Vector3 => [place[0] + sign * reach, place[1] + sign * reach, place[2] + sign * reach]
  const { low, high } = boundsUnder(toIndex, corner(-1), corner(1))
  const from = (axis: 0 | 1 | 2): number => Math.max(0, Math.min(geometry.size[axis] - 1, Math.floor(low[axis])))
  const to = (axis: 0 | 1 | 2): number => Math.max(1, Math.min(geometry.size[axis], Math.ceil(high[axis]) + 1))
  const start: Vector3 = [from(0), from(1), from(2)]
  const size: Vector3 = [to(0) - start[0], to(1) - start[1], to(2) - start[2]]
  const cropped = cropGeometry(geometry, start, size)
  const kept = data.slice(0, voxelCount(cropped)) as T
  let out = 0
  for (let k = start[2]; k < to(2); k++) {
    for (let j = start[1]; j < to(1); j++) {
      const row = start[0] + geometry.size[0] * (j + geometry.size[1] * k)
      kept.set(data.subarray(row, row + size[0]), out)
      out += size[0]
    }
  }
  return { geometry: cropped, data: kept }
}

/**
 * A label map on another grid: each part's share of a voxel is interpolated; the labyrinth is where all parts together
 * have more than half, and there the part with the most. What is hidden is no labyrinth.
 */
function labelsOn(map: Volume<Uint8Array>, geometry: Geometry, hidden: HalfSpace | undefined): Uint8Array {
  const shares = parts.map(({ label }) => {
    const data = map.data.map((value) => (value === label ? 1 : 0))
    return resample({ geometry: map.geometry, data }, geometry, 0).data
  })
  const data = new Uint8Array(voxelCount(geometry)).map((_, at) => {
    const here = shares.map((share) => share[at] as number)
    const sum = here.reduce((a, b) => a + b, 0)
    return sum > 0.5 ? (parts[here.indexOf(Math.max(...here))]?.label ?? 0) : 0
  })
  if (hidden !== undefined) fillBeyond({ geometry, data }, hidden, 0)
  return data
}
