import { createDisjointSets } from '../../core/math/disjoint-sets.ts'
import { add, dot, scale, subtract, type Vector3 } from '../../core/math/vector.ts'
import { type CanalId, type MeanCanal, meanCanals } from '../../ear/mean-canals.ts'
import { alongCanal, axesInPlane } from './canals.ts'

/** Sectors of 10° at each end of a canal's course that are not judged: where it opens, ears differ. */
const ends = 2

/** A place nearer than this (mm) to where the mean canal runs may be in it. */
const reach = 1.6

/** Places within this (mm) of each other hang together. */
const step = 0.55

/**
 * Follows a canal's places from sector to sector.
 * @param places in the ear frame (mm), at most `step` apart where they hang together
 * @returns where they are interrupted (ear frame, mm); undefined when they lead from one end of its course to the other
 */
export function canalGap(canal: CanalId, places: readonly Vector3[]): Vector3 | undefined {
  const mean = meanCanals[canal]
  const course = courseOf(mean.offsets)
  const inSectors = course.map((): Vector3[] => [])
  const along = alongCanal(mean.circle, mean)
  for (const place of places) {
    const found = along(place)
    if (found !== undefined && found.off <= reach) inSectors[course.indexOf(found.sector)]?.push(place)
  }
  const broken = firstBreak(inSectors)
  return broken === undefined ? undefined : placeOnCanal(mean, course[broken] as number)
}

/** The middle of a sector on the mean canal. */
function placeOnCanal({ circle: { center, normal, radius }, across, offsets }: MeanCanal, sector: number): Vector3 {
  const [u, v] = axesInPlane(normal, across)
  const angle = ((sector + 0.5) / offsets.length) * 2 * Math.PI
  const [away, up] = offsets[sector] ?? [0, 0]
  const direction = add(scale(u, Math.cos(angle)), scale(v, Math.sin(angle)))
  return add(add(center, scale(direction, radius + away)), scale(normal, up))
}

/** The sectors in which a canal is looked for, in the order of its course. */
function courseOf(offsets: readonly (readonly [number, number] | null)[]): number[] {
  const count = offsets.length
  const isKnown = (sector: number): boolean => offsets[sector % count] !== null
  const first = offsets.findIndex((_, sector) => isKnown(sector) && !isKnown(sector + count - 1))
  if (first < 0) return offsets.map((_, sector) => sector)
  const course: number[] = []
  for (let n = 0; n < count && isKnown(first + n); n++) course.push((first + n) % count)
  return course.slice(ends, course.length - ends)
}

/** The first sector to which no path leads from the first one through those between; undefined when all are reached. */
function firstBreak(sectors: readonly (readonly Vector3[])[]): number | undefined {
  let reached = sectors[0] ?? []
  if (reached.length === 0) return 0
  for (let n = 1; n < sectors.length; n++) {
    reached = connectedTo(reached, sectors[n] as readonly Vector3[])
    if (reached.length === 0) return n
  }
  return undefined
}

/** Of these places those that hang together with the ones reached before. */
function connectedTo(reached: readonly Vector3[], places: readonly Vector3[]): Vector3[] {
  const all = [...places, ...reached]
  const sets = createDisjointSets(all.length)
  for (let a = 0; a < all.length; a++) {
    for (let b = a + 1; b < all.length; b++) {
      const apart = subtract(all[a] as Vector3, all[b] as Vector3)
      if (dot(apart, apart) <= step * step) sets.join(a, b)
    }
  }
  const roots = new Set(reached.map((_, n) => sets.find(places.length + n)))
  return places.filter((_, n) => roots.has(sets.find(n)))
}
