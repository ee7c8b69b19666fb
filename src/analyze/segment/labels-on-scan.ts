import { parts } from '../../core/anatomy.ts'
import {
  applyAffine,
  boundsUnder,
  cropGeometry,
  type Geometry,
  indexFromIndex,
  voxelCount
} from '../../core/geometry/geometry.ts'
import { sampleGrid } from '../../core/geometry/resample.ts'
import { maskBounds } from '../../core/image/mask-bounds.ts'
import type { Vector3 } from '../../core/math/vector.ts'
import { createVolume, type Volume } from '../../core/volume.ts'
import { certainlyBackground, masked, type Prediction, strongestPart } from '../predict/prediction.ts'

/**
 * Outlines an ear on the scan's own grid. The logits, not the labels, are brought there (trilinear), so that the outline
 * does not show the steps of the network's voxels. A voxel belongs to the labyrinth where that is more probable than
 * not, and then to the part with the most logits.
 * @param mask voxels of the prediction's grid outside which nothing belongs to the ear
 * @returns labels in the box of the scan's voxels around the mask; undefined when the mask lies outside the scan
 */
export function labelsOnScan(prediction: Prediction, mask: Uint8Array, scan: Geometry): Volume<Uint8Array> | undefined {
  const geometry = boxAround(prediction.geometry, mask, scan)
  if (geometry === undefined) return undefined
  const [nx, ny, nz] = geometry.size
  const data = new Uint8Array(voxelCount(geometry))
  const sources = prediction.logits.map((part) => ({
    geometry: prediction.geometry,
    data: masked(part, mask)
  }))
  // One slice at a time: a box of fine voxels holds tens of millions.
  const sliceSize: Vector3 = [nx, ny, 1]
  const voxels = nx * ny
  const logits = sources.map(() => new Float32Array(voxels))
  for (let k = 0; k < nz; k++) {
    const map = indexFromIndex(cropGeometry(geometry, [0, 0, k], sliceSize), prediction.geometry)
    for (const [n, source] of sources.entries()) {
      sampleGrid(map, sliceSize, source, certainlyBackground, logits[n] as Float32Array)
    }
    for (let at = 0; at < voxels; at++) data[k * voxels + at] = labelAt(logits, at)
  }
  return { geometry, data }
}

/** The labels of all ears on the scan's own grid. @param ears their labels in boxes of that grid */
export function labelsOfEars(
  ears: readonly { readonly labels: Volume<Uint8Array> }[],
  scan: Geometry
): Volume<Uint8Array> {
  const whole = createVolume(scan, new Uint8Array(voxelCount(scan)))
  for (const { labels } of ears) pasteLabels(whole, labels)
  return whole
}

/** Writes the labels of a box into those of the whole scan, which it changes; background leaves what is there. */
export function pasteLabels(whole: Volume<Uint8Array>, box: Volume<Uint8Array>): void {
  const start = applyAffine(indexFromIndex(box.geometry, whole.geometry), [0, 0, 0]).map(Math.round) as [...Vector3]
  const [nx, ny] = whole.geometry.size
  const [width, height, depth] = box.geometry.size
  let from = 0
  for (let k = 0; k < depth; k++) {
    for (let j = 0; j < height; j++) {
      const row = start[0] + nx * (start[1] + j + ny * (start[2] + k))
      for (let i = 0; i < width; i++, from++) {
        if (box.data[from] !== 0) whole.data[row + i] = box.data[from] as number
      }
    }
  }
}

/** With no logit above this the parts' odds together are less than 1. */
const surelyOutside = -1 - Math.log(parts.length)

function labelAt(logits: readonly Float32Array[], at: number): number {
  let [odds, most] = [0, Number.NEGATIVE_INFINITY]
  for (const part of logits) most = Math.max(most, part[at] as number)
  if (most < surelyOutside) return 0
  for (const part of logits) odds += Math.exp(part[at] as number)
  return odds > 1 ? (parts[strongestPart(logits, at)]?.label ?? 0) : 0
}

/** The part of the scan's grid that the masked voxels of another grid touch. */
function boxAround(grid: Geometry, mask: Uint8Array, scan: Geometry): Geometry | undefined {
  const bounds = maskBounds(mask, grid.size)
  if (bounds === undefined) return undefined
  const map = indexFromIndex(grid, scan)
  const [first, last] = bounds
  const { low, high } = boundsUnder(
    map,
    [first[0] - 0.5, first[1] - 0.5, first[2] - 0.5],
    [last[0] + 0.5, last[1] + 0.5, last[2] + 0.5]
  )
  const from = (axis: 0 | 1 | 2): number => Math.max(0, Math.floor(low[axis]))
  const to = (axis: 0 | 1 | 2): number => Math.min(scan.size[axis], Math.ceil(high[axis]) + 1)
  const start: Vector3 = [from(0), from(1), from(2)]
  const size: Vector3 = [to(0) - start[0], to(1) - start[1], to(2) - start[2]]
  return size.every((n) => n > 0) ? cropGeometry(scan, start, size) : undefined
}
