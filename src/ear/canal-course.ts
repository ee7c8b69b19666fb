import type { Circle } from '../core/math/fit-circle.ts'
import { hypotenuse } from '../core/math/hypotenuse.ts'
import { add, cross, dot, normalize, scale, subtract, type Vector3 } from '../core/math/vector.ts'
import type { MeanCanal } from './mean-canals.ts'

/** Sectors of 10° at each end of a canal's course that are not judged: where it opens, ears differ. */
const ends = 2

/** A place nearer than this (mm) to where the mean canal runs may be in it. */
const reach = 1.6

/** Where a place lies along a canal. */
export interface PlaceAlongCanal {
  /** Number of its sector of 10°. */
  readonly sector: number
  /** From the circle's middle, mm. */
  readonly offset: Vector3
  /** mm from where the mean canal, laid along the circle, runs in that sector. */
  readonly off: number
}

/** Returns a function that gives a place's position along a canal; undefined in a sector in which ears differ. */
export function alongCanal(
  { center, normal, radius }: Circle,
  { across, offsets }: MeanCanal
): (place: Vector3) => PlaceAlongCanal | undefined {
  const [u, v] = axesInPlane(normal, across)
  return (place) => {
    const offset = subtract(place, center)
    const [x, y, up] = [dot(offset, u), dot(offset, v), dot(offset, normal)]
    const sector = Math.floor((Math.atan2(y, x) / (2 * Math.PI) + 1) * offsets.length) % offsets.length
    const expected = offsets[sector]
    if (expected === null || expected === undefined) return undefined
    return { sector, offset, off: hypotenuse(hypotenuse(x, y) - radius - expected[0], up - expected[1]) }
  }
}

/** The directions in a circle's plane from which sectors are counted, and a quarter of a turn on. */
function axesInPlane(normal: Vector3, across: Vector3): readonly [Vector3, Vector3] {
  const v = normalize(cross(normal, across))
  return [cross(v, normal), v]
}

/** The sectors in which a canal is looked for, in the order of its course. */
export function courseOf({ offsets }: MeanCanal): number[] {
  const count = offsets.length
  const isKnown = (sector: number): boolean => offsets[sector % count] !== null
  const first = offsets.findIndex((_, sector) => isKnown(sector) && !isKnown(sector + count - 1))
  if (first < 0) return offsets.map((_, sector) => sector)
  const course: number[] = []
  for (let n = 0; n < count && isKnown(first + n); n++) course.push((first + n) % count)
  return course.slice(ends, course.length - ends)
}

/** Returns a function that gives the sector of a canal's course (index into `courseOf`) for a place in its reach (ear frame, mm). */
export function sectorOfCourse(mean: MeanCanal): (place: Vector3) => number | undefined {
  const places = new Map(courseOf(mean).map((sector, n) => [sector, n]))
  const along = alongCanal(mean.circle, mean)
  return (place) => {
    const found = along(place)
    return found === undefined || found.off > reach ? undefined : places.get(found.sector)
  }
}

/** The middle of a sector on the mean canal (ear frame, mm). */
export function placeOnCanal(
  { circle: { center, normal, radius }, across, offsets }: MeanCanal,
  sector: number
): Vector3 {
  const [u, v] = axesInPlane(normal, across)
  const angle = ((sector + 0.5) / offsets.length) * 2 * Math.PI
  const [away, up] = offsets[sector] ?? [0, 0]
  const direction = add(scale(u, Math.cos(angle)), scale(v, Math.sin(angle)))
  return add(add(center, scale(direction, radius + away)), scale(normal, up))
}
