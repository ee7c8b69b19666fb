import { radians } from '../../core/math/angle.ts'
import { add, distance, dot, normalize, scale, type Vector3 } from '../../core/math/vector.ts'
import { across, acrossOf, type Metal, scaleEnd } from './metal.ts'

/** mm: from one place to the next, the distance ahead over which density is averaged, and the maximum length of a lead. */
const step = 0.2
const ahead = 1.8
const maxLength = 16

/** Minimum mean density (HU) ahead. Bone lies below it, contacts with wires between them above it. */
const minDensity = 1300

/** A lead ends where it comes within half this distance (mm) of a place that lies farther back than this along it. */
const loop = 2

/** Degrees by which a lead may bend from one place to the next; each but 0 is a cone of `directionsPerCone` directions. */
const bends = [0, 12, 24, 36, 50]
/** At the round window an array may turn sharply. */
const firstBends = [...bends, 65, 80]
const directionsPerCone = 12

/** Bonus (HU) for going straight on, times the cosine of the bend. */
const straightness = 200

/**
 * Follows the metal outside the cochlea, from where the array enters: the lead, and contacts that are not inserted.
 * @param from the place of entry, LPS mm
 * @param towards the direction in which to start, of any length
 * @returns places `step` apart, the farthest first
 */
export function leadFrom(metal: Metal, from: Vector3, towards: Vector3): Vector3[] {
  const places: Vector3[] = []
  let place = from
  let direction = normalize(towards)
  for (let way = 0; way < maxLength; way += step) {
    const best = bestDirection(metal, place, direction, way < 0.5 ? firstBends : bends)
    if (best.density < minDensity) break
    direction = best.direction
    const next = add(place, scale(direction, step))
    // Half way to the metal's centroid: the ray of greatest density may run along the edge of the metal.
    const { centroid } = acrossOf(metal, next, direction, 0.5)
    place = add(scale(next, 0.5), scale(centroid, 0.5))
    if (places.slice(Math.round(loop / step)).some((before) => distance(before, place) < loop / 2)) break
    places.unshift(place)
  }
  return places
}

function bestDirection(
  metal: Metal,
  place: Vector3,
  before: Vector3,
  angles: readonly number[]
): { direction: Vector3; density: number } {
  const [a, b] = across(before)
  let best = { direction: before, density: Number.NEGATIVE_INFINITY, score: Number.NEGATIVE_INFINITY }
  for (const bend of angles) {
    const [c, s] = [Math.cos(radians(bend)), Math.sin(radians(bend))]
    for (let n = 0; n < (bend === 0 ? 1 : directionsPerCone); n++) {
      const turn = (2 * Math.PI * n) / directionsPerCone
      const side = add(scale(a, Math.cos(turn)), scale(b, Math.sin(turn)))
      const direction = add(scale(before, c), scale(side, s))
      const density = densityAhead(metal, place, direction)
      const score = density + straightness * dot(direction, before)
      if (score > best.score) best = { direction, density, score }
    }
  }
  return best
}

/** Mean density (HU) along a ray of length `ahead`, clipped at the end of the 12-bit scale. */
function densityAhead({ at }: Metal, [x, y, z]: Vector3, [dx, dy, dz]: Vector3): number {
  const samples = 12
  let sum = 0
  for (let n = 1; n <= samples; n++) {
    const way = (ahead * n) / samples
    sum += Math.min(scaleEnd, at(x + way * dx, y + way * dy, z + way * dz))
  }
  return sum / samples
}
