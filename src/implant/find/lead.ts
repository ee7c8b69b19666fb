import { radians } from '../../core/math/angle.ts'
import { add, distance, dot, normalize, scale, type Vector3 } from '../../core/math/vector.ts'
import { across, acrossOf, type Metal, scaleEnd } from './metal.ts'

/** mm from one place to the next, how far ahead is looked, and how long a lead is followed at most. */
const step = 0.2
const ahead = 1.8
const longest = 16

/** Less dense on average (HU) than this ahead is no lead: bone is, the metal of contacts with wires between them is not. */
const least = 1300

/** mm along a lead after which it may not come near itself. */
const apart = 2

/** Degrees by which a lead may bend from one place to the next, in rings of directions. */
const bends = [0, 12, 24, 36, 50]
/** At the round window an array may turn sharply. */
const firstBends = [...bends, 65, 80]
const directionsPerRing = 12

/** Going straight on is worth so much density (HU). */
const straightness = 200

/**
 * On from where an array enters the cochlea along its metal, the farthest place first: contacts that stayed outside, or the lead.
 * @param towards where it goes on to, any length
 */
export function leadFrom(metal: Metal, from: Vector3, towards: Vector3): Vector3[] {
  const places: Vector3[] = []
  let place = from
  let direction = normalize(towards)
  for (let way = 0; way < longest; way += step) {
    const best = densestWay(metal, place, direction, way < 0.5 ? firstBends : bends)
    if (best.density < least) break
    direction = best.direction
    const next = add(place, scale(direction, step))
    // Half way to the middle of the metal, which a ray alone only touches.
    const { centroid } = acrossOf(metal, next, direction, 0.5)
    place = add(scale(next, 0.5), scale(centroid, 0.5))
    // A lead does not come back to where it was.
    if (places.slice(Math.round(apart / step)).some((before) => distance(before, place) < apart / 2)) break
    places.unshift(place)
  }
  return places
}

function densestWay(
  metal: Metal,
  place: Vector3,
  before: Vector3,
  within: readonly number[]
): { direction: Vector3; density: number } {
  const [a, b] = across(before)
  let best = { direction: before, density: Number.NEGATIVE_INFINITY, worth: Number.NEGATIVE_INFINITY }
  for (const bend of within) {
    const [c, s] = [Math.cos(radians(bend)), Math.sin(radians(bend))]
    for (let n = 0; n < (bend === 0 ? 1 : directionsPerRing); n++) {
      const turn = (2 * Math.PI * n) / directionsPerRing
      const side = add(scale(a, Math.cos(turn)), scale(b, Math.sin(turn)))
      const direction = add(scale(before, c), scale(side, s))
      const density = densityAhead(metal, place, direction)
      const worth = density + straightness * dot(direction, before)
      if (worth > best.worth) best = { direction, density, worth }
    }
  }
  return best
}

/** Mean density (HU) from a place on, what is beyond a 12-bit scale as its end. */
function densityAhead({ at }: Metal, [x, y, z]: Vector3, [dx, dy, dz]: Vector3): number {
  const samples = 12
  let sum = 0
  for (let n = 1; n <= samples; n++) {
    const way = (ahead * n) / samples
    sum += Math.min(scaleEnd, at(x + way * dx, y + way * dy, z + way * dz))
  }
  return sum / samples
}
