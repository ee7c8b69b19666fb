import { add, distance, normalize, scale, subtract, type Vector3 } from '../../core/math/vector.ts'
import type { CochlearDuct } from '../../measure/cochlea/cochlear-duct.ts'
import { centrelineOf, type LinePlace } from './centreline.ts'
import type { CoursePlace } from './course.ts'
import { acrossOf, type Densities, densityAcross, type Metal } from './metal.ts'

/** Distance of consecutive places of a track, mm. */
export const trackStep = 0.05

/** Centreline of an array's metal: from its lead outside the cochlea through the turns, and on beyond its tip. */
export interface Track {
  /** LPS mm, `trackStep` apart. */
  readonly places: readonly Vector3[]
  /** Degrees from the round window; null outside the cochlea. */
  readonly angles: readonly (number | null)[]
  /** Metal in the cross-section at each step, mm². */
  readonly profile: Float64Array
  /** Maximum of `Metal.share` in the cross-section. */
  readonly peaks: Float64Array
  /** Mean density in the cross-section above the background of bone (`aboveBackground`), HU. */
  readonly densities: Float64Array
  /** The first step inside the cochlea. */
  readonly window: number
  /** Longest edge of the scan's voxels, mm. */
  readonly edge: number
}

/** Radii (mm) of the discs over which metal and density are taken. */
const metalRadius = 0.6
const densityRadius = 0.3

/**
 * The track of an array, from its course through the turns.
 * @param above densities above the background of bone, HU
 * @param edge longest edge of the scan's voxels, mm
 */
export function trackOf(
  metal: Metal,
  above: Densities,
  duct: CochlearDuct,
  course: readonly CoursePlace[],
  edge: number
): Track {
  const line = evenly(centrelineOf(metal, duct, course, edge))
  if (line.places.length === 0) return nowhere
  return {
    ...line,
    ...metalAlong(metal, above, line.places),
    edge,
    window: line.angles.findIndex((angle) => angle !== null)
  }
}

const none = new Float64Array(0)
const nowhere: Track = {
  places: [],
  angles: [],
  profile: none,
  peaks: none,
  densities: none,
  window: 0,
  edge: 0
}

/** A line resampled to places one step apart. */
function evenly(line: readonly LinePlace[]): Pick<Track, 'places' | 'angles'> {
  const places: Vector3[] = []
  const angles: (number | null)[] = []
  let left = 0
  for (const [n, next] of line.slice(1).entries()) {
    const here = line[n] as LinePlace
    const way = distance(here.place, next.place)
    for (; left < way; left += trackStep) {
      const share = left / way
      places.push(add(here.place, scale(subtract(next.place, here.place), share)))
      angles.push(here.angle === null || next.angle === null ? null : here.angle + share * (next.angle - here.angle))
    }
    left -= way
  }
  return { places, angles }
}

/** Metal and mean density in the cross-section at each place. */
function metalAlong(
  metal: Metal,
  above: Densities,
  places: readonly Vector3[]
): Pick<Track, 'profile' | 'peaks' | 'densities'> {
  const reach = Math.round(0.3 / trackStep)
  const discs = places.map((place, n) => {
    const back = places[Math.max(0, n - reach)] as Vector3
    const ahead = places[Math.min(places.length - 1, n + reach)] as Vector3
    if (distance(back, ahead) === 0) return { mass: 0, peak: 0, density: above(...place) }
    const direction = normalize(subtract(ahead, back))
    return {
      ...acrossOf(metal, place, direction, metalRadius),
      density: densityAcross(above, place, direction, densityRadius)
    }
  })
  return {
    profile: Float64Array.from(discs, ({ mass }) => mass),
    peaks: Float64Array.from(discs, ({ peak }) => peak),
    densities: Float64Array.from(discs, ({ density }) => density)
  }
}

/** The place at a step of a track: interpolated linearly, and extrapolated beyond its ends. */
export function placeAt({ places }: Pick<Track, 'places'>, at: number): Vector3 {
  const last = places.length - 1
  const low = Math.max(0, Math.min(last - 1, Math.floor(at)))
  const [a, b] = [places[low] as Vector3, places[low + 1] as Vector3]
  return add(a, scale(subtract(b, a), at - low))
}
