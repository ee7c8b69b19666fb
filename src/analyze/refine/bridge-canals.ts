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
import type { Scan } from '../../core/volume.ts'
import { alongCanal, courseOf } from '../../ear/canal-course.ts'
import type { EarFrame } from '../../ear/ear-frame.ts'
import { type CanalId, meanCanals } from '../../ear/mean-canals.ts'
import { labyrinthLogOdds, type Prediction } from '../predict/prediction.ts'
import { greyLevels, insideShare } from './grey-levels.ts'
import { outlineOf } from './outline.ts'

/** A voxel nearer than this (mm) to where the mean canal runs may be in it. */
const reach = 1.6

/**
 * From this share of the ear's inside on a voxel is no bone. It lies below the half-way level of the boundary, because a thin
 * lumen is mixed with its walls in the network's voxels.
 */
const leastShare = 0.4

/** Shares above this are not the ear's inside but air beside an ear full of fluid; voxels that touch it are its wall. */
const mostShare = 1.4

/** What is added (mm) is at most this long: along more of a canal that is not seen by the network the scan alone is no proof. */
const longest = 5

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
 * Joins a semicircular canal that the network sees in pieces where the scan shows it whole: along the mean ear's course of
 * the canal a path must lead from piece to piece through voxels that are no bone. Elsewhere the gap stays.
 * @param frame of the ear
 * @returns the same objects when no canal is interrupted or no path is found
 */
export function bridgeCanals({ prediction, mask }: MaskedPrediction, scan: Scan, frame: EarFrame): MaskedPrediction {
  const outline = outlineOf(prediction, mask)
  if (outline === undefined) return { prediction, mask }
  const { geometry } = prediction
  const isInside = voxelsAbove(outline.logOdds, 0)
  const courses = (Object.keys(meanCanals) as CanalId[]).map((canal) => canalCourse(canal, geometry, frame))
  const interrupted = courses.filter((course) => isInterrupted(course, geometry, isInside))
  if (interrupted.length === 0) return { prediction, mask }
  const image = resample(scan, geometry, Number.NaN).data
  const levels = greyLevels(image, outline)
  if (levels === undefined) return { prediction, mask }
  const shares = image.map((value) => insideShare(value, levels))
  const added = interrupted.flatMap((course) => missingVoxels(course, geometry, isInside, shares))
  return added.length === 0 ? { prediction, mask } : withLumen(prediction, mask, added, outline.slope)
}

/** Voxels near a mean canal, by their sector's place in its course. */
type CanalCourse = readonly (readonly number[])[]

function canalCourse(canal: CanalId, geometry: Geometry, frame: EarFrame): CanalCourse {
  const mean = meanCanals[canal]
  const sectors = courseOf(mean)
  const course = sectors.map((): number[] => [])
  const along = alongCanal(mean.circle, mean)
  const earFromIndex = composeAffine(
    invertAffine({ matrix: frame.direction, offset: frame.origin }),
    worldFromIndex(geometry)
  )
  const [nx, ny, nz] = geometry.size
  for (let at = 0; at < nx * ny * nz; at++) {
    const found = along(applyAffine(earFromIndex, voxelIndex(geometry.size, at)))
    if (found !== undefined && found.off <= reach) course[sectors.indexOf(found.sector)]?.push(at)
  }
  return course
}

/** Whether pieces at both ends of the course do not hang together along it. */
function isInterrupted(course: CanalCourse, geometry: Geometry, isInside: Uint8Array): boolean {
  const [sources, targets] = courseEnds(course, isInside)
  if (sources.length === 0 || targets.length === 0) return false
  const costs = costsAlong(course, geometry, (at) => (isInside[at] === 1 ? 0 : Number.POSITIVE_INFINITY))
  return cheapestPath(costs, geometry.size, geometry.spacing, sources, targets) === undefined
}

/** The voxels that are missing on the best path along the course; none where the scan shows bone, air or too long a gap. */
function missingVoxels(
  course: CanalCourse,
  geometry: Geometry,
  isInside: Uint8Array,
  shares: Float32Array
): readonly number[] {
  const isAir = dilate(voxelsAbove(shares, mostShare), geometry.size, 1)
  const costs = costsAlong(course, geometry, (at) => {
    if (isInside[at] === 1) return 0
    const share = shares[at] as number
    return share >= leastShare && isAir[at] === 0 ? 2 - Math.min(1, share) : Number.POSITIVE_INFINITY
  })
  const path = cheapestPath(costs, geometry.size, geometry.spacing, ...courseEnds(course, isInside))
  const missing = path?.voxels.filter((at) => isInside[at] === 0) ?? []
  return missing.length * geometry.spacing[0] <= longest ? missing : []
}

/** The voxels inside in the first and in the last sector. */
function courseEnds(course: CanalCourse, isInside: Uint8Array): [number[], number[]] {
  const inside = (sector: readonly number[] = []): number[] => sector.filter((at) => isInside[at] === 1)
  return [inside(course[0]), inside(course.at(-1))]
}

/** Costs of the voxels near a mean canal; no path leads elsewhere. */
function costsAlong(course: CanalCourse, geometry: Geometry, cost: (at: number) => number): Float32Array {
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
