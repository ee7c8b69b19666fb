import { z } from 'zod'
import {
  applyAffine,
  boundsUnder,
  cropGeometry,
  type Geometry,
  indexFromIndex,
  voxelCount,
  voxelIndex
} from '../../core/geometry/geometry.ts'
import { resample } from '../../core/geometry/resample.ts'
import type { Random } from '../../core/math/random.ts'
import type { Vector3 } from '../../core/math/vector.ts'
import type { Scan, Volume } from '../../core/volume.ts'

/** What is put beyond the border of a crop: one value, the border's values, or the crop mirrored at its border. */
const fills = ['constant', 'replicated', 'reflected'] as const
type Fill = (typeof fills)[number]

/** Scans cut close to the ear: what lies outside is unknown, and no prediction may depend on what stands in for it. */
export const cropConfiguration = z.strictObject({
  share: z.number().min(0).max(1).default(0).describe('share of samples whose scan is cut close to the ear'),
  margin: z
    .tuple([z.number().min(0), z.number().min(0)])
    .refine(([least, most]) => least <= most, { message: 'must be a lower and an upper bound' })
    .default([0, 6])
    .describe('of the scan around the labyrinth, mm, drawn for each of six sides')
})
export type CropConfiguration = z.infer<typeof cropConfiguration>

/** How a sample's scan is cut. */
export interface Crop {
  /** Around the labyrinth along the scan's axes, low and high, mm. */
  readonly margins: readonly [low: Vector3, high: Vector3]
  readonly fill: Fill
}

export function sampleCrop({ share, margin }: CropConfiguration, random: Random): Crop | null {
  if (share === 0 || !random.chance(share)) return null
  const side = (): number => random.uniform(...margin)
  const margins = [
    [side(), side(), side()],
    [side(), side(), side()]
  ] as const
  return { margins, fill: random.pick(fills) }
}

/**
 * A scan on another grid, cropped around the labels.
 * @param labels on the target grid; without labelled voxels nothing is cropped
 * @param outside HU of a constant fill
 */
export function resampleCropped(
  scan: Scan,
  target: Geometry,
  labels: Uint8Array | undefined,
  { margins, fill }: Crop,
  outside: number
): Volume<Float32Array> {
  const box = labels === undefined ? undefined : boxOf(labels, target, scan.geometry, margins)
  if (box === undefined) return resample(scan, target, outside)
  if (fill === 'constant') return resample(extended(scan, box, box, fill), target, outside)
  const { low, high } = boundsUnder(indexFromIndex(target, scan.geometry), [-1, -1, -1], target.size)
  const seen = {
    low: low.map((at, axis) => Math.min(Math.floor(at), box.low[axis] as number)) as unknown as Vector3,
    high: high.map((at, axis) => Math.max(Math.ceil(at), box.high[axis] as number)) as unknown as Vector3
  }
  return resample(extended(scan, box, seen, fill), target, outside)
}

/** First and last voxel along each axis. */
interface IndexBox {
  readonly low: Vector3
  readonly high: Vector3
}

/** The scan's voxels that hold what is labelled and the margins; undefined where nothing is labelled. */
function boxOf(
  labels: Uint8Array,
  target: Geometry,
  source: Geometry,
  [before, after]: Crop['margins']
): IndexBox | undefined {
  const toSource = indexFromIndex(target, source)
  const low = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  const high = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (let at = 0; at < labels.length; at++) {
    if (labels[at] === 0) continue
    applyAffine(toSource, voxelIndex(target.size, at)).forEach((index, axis) => {
      low[axis] = Math.min(low[axis] as number, index)
      high[axis] = Math.max(high[axis] as number, index)
    })
  }
  const last = (axis: 0 | 1 | 2): number => (source.size[axis] as number) - 1
  const from = (axis: 0 | 1 | 2): number =>
    Math.max(0, Math.floor((low[axis] as number) - before[axis] / source.spacing[axis]))
  const to = (axis: 0 | 1 | 2): number =>
    Math.min(last(axis), Math.ceil((high[axis] as number) + after[axis] / source.spacing[axis]))
  const box: IndexBox = { low: [from(0), from(1), from(2)], high: [to(0), to(1), to(2)] }
  return box.low.every((at, axis) => at <= (box.high[axis] as number)) ? box : undefined
}

/** The voxels of a box of the scan, continued beyond it to fill another. */
function extended(scan: Scan, box: IndexBox, to: IndexBox, fill: Fill): Volume<Float32Array> {
  const size = to.low.map((at, axis) => (to.high[axis] as number) - at + 1) as unknown as Vector3
  const geometry = cropGeometry(scan.geometry, to.low, size)
  const [nx, ny] = scan.geometry.size
  const along = (axis: 0 | 1 | 2): Int32Array =>
    Int32Array.from({ length: size[axis] }, (_, n) => held(to.low[axis] + n, box.low[axis], box.high[axis], fill))
  const [is, js, ks] = [along(0), along(1), along(2)]
  const data = new Float32Array(voxelCount(geometry))
  let out = 0
  for (const k of ks) {
    for (const j of js) {
      const line = nx * (j + ny * k)
      for (const i of is) data[out++] = scan.data[line + i] as number
    }
  }
  return { geometry, data }
}

/** The index inside the box whose value is taken for an index that may lie outside. */
function held(index: number, low: number, high: number, fill: Fill): number {
  if (fill !== 'reflected' || high === low) return Math.max(low, Math.min(high, index))
  const period = 2 * (high - low)
  const within = (((index - low) % period) + period) % period
  return low + (within > high - low ? period - within : within)
}
