import { createDisjointSets } from '../../core/math/disjoint-sets.ts'
import { dot, subtract, type Vector3 } from '../../core/math/vector.ts'
import { courseOf, placeOnCanal, sectorOfCourse } from '../../ear/canal-course.ts'
import { type CanalId, meanCanals } from '../../ear/mean-canals.ts'

/** Places within this distance (mm) of each other are connected. */
const step = 0.55

/**
 * Follows a canal's places from sector to sector.
 * @param places in the ear frame, mm; those at most `step` apart are connected
 * @returns where they are interrupted (ear frame, mm); undefined when they lead from one end of its course to the other
 */
export function canalGap(canal: CanalId, places: readonly Vector3[]): Vector3 | undefined {
  const mean = meanCanals[canal]
  const course = courseOf(mean)
  const inSectors = course.map((): Vector3[] => [])
  const sectorOf = sectorOfCourse(mean)
  for (const place of places) {
    const sector = sectorOf(place)
    if (sector !== undefined) inSectors[sector]?.push(place)
  }
  const broken = firstBreak(inSectors)
  return broken === undefined ? undefined : placeOnCanal(mean, course[broken] as number)
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

/** Those of these places that are connected to the ones reached before. */
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
