import { type Circle, fitCircle } from '../../core/math/fit-circle.ts'
import { median } from '../../core/math/quantile.ts'
import { add, dot, scale, subtract, type Vector3 } from '../../core/math/vector.ts'
import { alongCanal } from '../../ear/canal-course.ts'
import { type CanalId, type MeanCanal, meanCanals } from '../../ear/mean-canals.ts'
import type { EarSpace } from '../ear-space.ts'

export type { CanalId } from '../../ear/mean-canals.ts'

/** A place nearer than this (mm) to where the mean canal runs may be in it. */
const reach = 1.2
const rounds = 10
/** Part of a canal's turn that is looked at together. */
export const sectorDegrees = 10
/** A circle is only accepted when this many sectors hold some canal: a third of the turn. */
const minSectors = 12
/** Sectors farther from a circle (mm) than this, and than this many medians, do not count. */
const trimming = { rounds: 3, least: 0.15, medians: 3 }

type FittedCanals = Readonly<Record<CanalId, Circle | undefined>>

/** Radii, angles, directions and pictures share one fit. */
const known = new WeakMap<EarSpace, FittedCanals>()

/**
 * The circle of each semicircular canal's centreline, ear frame. A canal is no circle: the centroid of each of its
 * sectors is first moved by how far the mean canal lies off its own circle there.
 * @returns undefined for a canal of which too little is seen
 */
export function fitCanals(space: EarSpace): FittedCanals {
  const before = known.get(space)
  if (before !== undefined) return before
  const { canals: places } = space
  const canals = {
    superior: fitCanal(places, meanCanals.superior),
    posterior: fitCanal(places, meanCanals.posterior),
    lateral: fitCanal(places, meanCanals.lateral)
  }
  known.set(space, canals)
  return canals
}

/** Along how many sectors of 10° each canal is seen, and whether that suffices for a circle. */
export function canalSectors(
  places: readonly Vector3[]
): Readonly<Record<CanalId, { count: number; isSeen: boolean }>> {
  const seen = (mean: MeanCanal) => {
    const count = sectorOffsets(places, mean.circle, mean).filter((offset) => offset !== undefined).length
    return { count, isSeen: count >= minSectors }
  }
  const { superior, posterior, lateral } = meanCanals
  return { superior: seen(superior), posterior: seen(posterior), lateral: seen(lateral) }
}

function fitCanal(places: readonly Vector3[], mean: MeanCanal): Circle | undefined {
  let circle: Circle = mean.circle
  for (let round = 0; round < rounds; round++) {
    const centroids = sectorOffsets(places, circle, mean).flatMap((offset, sector) => {
      const expected = mean.offsets[sector]
      if (offset === undefined || expected === undefined || expected === null) return []
      const [away, up] = [offset.away - expected[0], offset.up - expected[1]]
      return [add(circle.center, add(scale(offset.direction, circle.radius + away), scale(circle.normal, up)))]
    })
    if (centroids.length < minSectors) return undefined
    circle = fitTrimmed(centroids, mean.circle.normal)
  }
  return circle
}

/** Where a sector's centroid lies against a circle. */
export interface SectorOffset {
  /** Unit vector from the circle's middle towards the centroid, in its plane. */
  readonly direction: Vector3
  /** mm beyond the circle, and out of its plane. */
  readonly away: number
  readonly up: number
}

/** The centroids of the places near the mean canal by sectors of 10°; undefined where there are none. */
export function sectorOffsets(
  places: readonly Vector3[],
  circle: Circle,
  mean: MeanCanal
): (SectorOffset | undefined)[] {
  const { normal, radius } = circle
  const along = alongCanal(circle, mean)
  const sums = mean.offsets.map(() => ({ sum: [0, 0, 0] as Vector3, count: 0 }))
  for (const place of places) {
    const found = along(place)
    if (found === undefined || found.off > reach) continue
    const bin = sums[found.sector] as { sum: Vector3; count: number }
    bin.sum = add(bin.sum, found.offset)
    bin.count++
  }
  return sums.map(({ sum, count }) => {
    if (count === 0) return undefined
    const centroid = scale(sum, 1 / count)
    const flat = subtract(centroid, scale(normal, dot(centroid, normal)))
    const away = Math.sqrt(dot(flat, flat))
    return { direction: scale(flat, 1 / away), away: away - radius, up: dot(centroid, normal) }
  })
}

/** The circle of most of the places: those much farther from it than the median are left out. */
function fitTrimmed(places: readonly Vector3[], towards: Vector3): Circle {
  let circle = fitCircle(places, towards)
  for (let round = 0; round < trimming.rounds; round++) {
    const off = places.map((place) => distanceTo(circle, place))
    const farthest = Math.max(trimming.least, trimming.medians * median(off))
    const near = places.filter((_, n) => (off[n] ?? 0) <= farthest)
    if (near.length < minSectors) break
    circle = fitCircle(near, towards)
  }
  return circle
}

function distanceTo({ center, normal, radius }: Circle, place: Vector3): number {
  const offset = subtract(place, center)
  const off = dot(offset, normal)
  return Math.hypot(Math.sqrt(Math.max(0, dot(offset, offset) - off * off)) - radius, off)
}
