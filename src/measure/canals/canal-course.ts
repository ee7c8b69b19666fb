import { createDisjointSets } from '../../core/math/disjoint-sets.ts'
import { add, cross, dot, normalize, scale, subtract, type Vector3 } from '../../core/math/vector.ts'
import { type CanalId, meanCanals } from '../../ear/mean-canals.ts'

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
  const { circle, across, offsets } = meanCanals[canal]
  const v = normalize(cross(circle.normal, across))
  const u = cross(v, circle.normal)
  const course = courseOf(offsets)
  const inSectors = course.map((): Vector3[] => [])
  for (const place of places) {
    const offset = subtract(place, circle.center)
    const [x, y, up] = [dot(offset, u), dot(offset, v), dot(offset, circle.normal)]
    const sector = Math.floor((Math.atan2(y, x) / (2 * Math.PI) + 1) * offsets.length) % offsets.length
    const at = course.indexOf(sector)
    const expected = offsets[sector]
    if (at < 0 || expected === null || expected === undefined) continue
    if (Math.hypot(Math.hypot(x, y) - circle.radius - expected[0], up - expected[1]) > reach) continue
    inSectors[at]?.push(place)
  }
  const broken = firstBreak(inSectors)
  if (broken === undefined) return undefined
  const sector = course[broken] as number
  const angle = ((sector + 0.5) / offsets.length) * 2 * Math.PI
  const [away, up] = offsets[sector] ?? [0, 0]
  const direction = add(scale(u, Math.cos(angle)), scale(v, Math.sin(angle)))
  return add(add(circle.center, scale(direction, circle.radius + away)), scale(circle.normal, up))
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
