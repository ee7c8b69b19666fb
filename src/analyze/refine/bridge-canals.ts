import { parts } from '../../core/anatomy.ts'
import {
  applyAffine,
  composeAffine,
  type Geometry,
  invertAffine,
  voxelCount,
  voxelIndex,
  worldFromIndex
} from '../../core/geometry/geometry.ts'
import { resample } from '../../core/geometry/resample.ts'
import { cheapestPath } from '../../core/image/cheapest-path.ts'
import { dilate } from '../../core/image/dilate.ts'
import { distanceTransform } from '../../core/image/distance-transform.ts'
import { voxelsAbove } from '../../core/image/threshold.ts'
import { distance } from '../../core/math/vector.ts'
import type { Scan } from '../../core/volume.ts'
import { courseOf, sectorOfCourse } from '../../ear/canal-course.ts'
import type { EarFrame } from '../../ear/ear-frame.ts'
import { type MeanCanal, meanCanals } from '../../ear/mean-canals.ts'
import { labyrinthLogOdds, type Prediction } from '../predict/prediction.ts'
import { greyLevels, insideShare } from './grey-levels.ts'
import { maskedLogOdds, outlineOf } from './outline.ts'

/**
 * From this share of the ear's inside on a voxel is no bone. It lies below the half-way level of the boundary, because a thin
 * lumen is mixed with its walls in the network's voxels.
 */
const leastShare = 0.4

/** Shares above this are not the ear's inside but air beside an ear full of fluid; voxels that touch it are its wall. */
const mostShare = 1.4

/** Maximum length (mm) of a bridge: the scan alone is not enough evidence for a longer piece of canal that the network misses. */
const longest = 6

/** Half the width (mm) of a canal's lumen, before the scan places its boundary. */
const lumenRadius = 0.5

/** Beyond the lumen this much (mm) is given to the mask, so that the boundary can be placed. */
const margin = 0.6

/** A prediction and where the ear may be in it. */
export interface MaskedPrediction {
  readonly prediction: Prediction
  /** Voxels of the prediction's grid outside which nothing belongs to the ear. */
  readonly mask: Uint8Array
}

/**
 * Joins a semicircular canal that the network predicts in pieces where the scan shows it whole: along the mean ear's course of
 * the canal a path must lead from piece to piece through voxels that are no bone. Elsewhere the gap stays.
 * @param frame of the ear
 * @returns the same objects when no canal is interrupted or no path is found
 */
export function bridgeCanals({ prediction, mask }: MaskedPrediction, scan: Scan, frame: EarFrame): MaskedPrediction {
  const { geometry } = prediction
  const isInside = voxelsAbove(maskedLogOdds(prediction, mask), 0)
  const canals = Object.values(meanCanals)
  const interrupted = canals.filter((canal) => isInterrupted(courseThrough(isInside, canal, geometry, frame), geometry))
  const outline = interrupted.length === 0 ? undefined : outlineOf(prediction, mask)
  if (outline === undefined) return { prediction, mask }
  const image = resample(scan, geometry, Number.NaN).data
  const levels = greyLevels(image, outline)
  if (levels === undefined) return { prediction, mask }
  const shares = image.map((value) => insideShare(value, levels))
  const isAir = dilate(voxelsAbove(shares, mostShare), geometry.size, 1)
  const isLumen = isInside.map((inside, at) =>
    inside === 1 || ((shares[at] as number) >= leastShare && isAir[at] === 0) ? 1 : 0
  )
  const added = interrupted.flatMap((canal) => {
    const course = courseThrough(isLumen, canal, geometry, frame)
    return missingVoxels(course, geometry, isInside, shares)
  })
  return added.length === 0 ? { prediction, mask } : withLumen(prediction, mask, added, outline.slope)
}

/** Voxels near a mean canal, by the sectors of its course. */
type CanalCourse = readonly (readonly number[])[]

/** @param mask the voxels to consider */
function courseThrough(mask: Uint8Array, canal: MeanCanal, geometry: Geometry, frame: EarFrame): CanalCourse {
  const course = courseOf(canal).map((): number[] => [])
  const sectorOf = sectorOfCourse(canal)
  const earFromIndex = composeAffine(
    invertAffine({ matrix: frame.direction, offset: frame.origin }),
    worldFromIndex(geometry)
  )
  for (let at = 0; at < mask.length; at++) {
    if (mask[at] === 0) continue
    const sector = sectorOf(applyAffine(earFromIndex, voxelIndex(geometry.size, at)))
    if (sector !== undefined) course[sector]?.push(at)
  }
  return course
}

/** Whether the two ends of a course are not connected along it. @param inside the voxels inside, by sectors */
function isInterrupted(inside: CanalCourse, geometry: Geometry): boolean {
  const [first = [], last = []] = [inside[0], inside.at(-1)]
  if (first.length === 0 || last.length === 0) return false
  const free = costsOn(inside, geometry, () => 0)
  return cheapestPath(free, geometry.size, geometry.spacing, first, last) === undefined
}

/**
 * The voxels that are missing on the best path along a course; none where there is no path or too long a gap.
 * @param lumen the voxels that may be inside, by sectors
 */
function missingVoxels(
  lumen: CanalCourse,
  geometry: Geometry,
  isInside: Uint8Array,
  shares: Float32Array
): readonly number[] {
  const { size, spacing } = geometry
  const [first = [], last = []] = [lumen[0], lumen.at(-1)].map((sector) => sector?.filter((at) => isInside[at] === 1))
  const costs = costsOn(lumen, geometry, (at) => (isInside[at] === 1 ? 0 : 2 - Math.min(1, shares[at] as number)))
  const path = cheapestPath(costs, size, spacing, first, last)?.voxels ?? []
  const missing = path.filter((at) => isInside[at] === 0)
  const length = path.reduce((sum, at, n) => {
    const before = path[n - 1]
    if (before === undefined || (isInside[at] === 1 && isInside[before] === 1)) return sum
    return sum + spacing[0] * distance(voxelIndex(size, at), voxelIndex(size, before))
  }, 0)
  return length <= longest ? missing : []
}

/** Costs of the voxels of a course; no path leads elsewhere. */
function costsOn(course: CanalCourse, geometry: Geometry, cost: (at: number) => number): Float32Array {
  const costs = new Float32Array(voxelCount(geometry)).fill(Number.POSITIVE_INFINITY)
  for (const sector of course) for (const at of sector) costs[at] = cost(at)
  return costs
}

/** The prediction with a canal's lumen around the added voxels. */
function withLumen(
  { geometry, logits, heatmaps }: Prediction,
  mask: Uint8Array,
  added: readonly number[],
  slope: number
): MaskedPrediction {
  const line = new Uint8Array(mask.length)
  for (const at of added) line[at] = 1
  const distance = distanceTransform(line, geometry.size, geometry.spacing)
  const near = mask.map((inside, at) => ((distance[at] as number) <= lumenRadius + margin ? 1 : inside))
  const canals = parts.findIndex(({ id }) => id === 'semicircular_canals')
  const logOdds = labyrinthLogOdds(logits)
  const raised = logits.map((part, n) =>
    part.map((logit, at) => {
      const odds = slope * (lumenRadius - (distance[at] as number))
      if ((distance[at] as number) > lumenRadius + margin || odds <= (logOdds[at] as number)) return logit
      return n === canals ? odds : Math.min(logit, odds - slope)
    })
  )
  return { prediction: { geometry, logits: raised, heatmaps }, mask: near }
}
