import { type Circle, fitCircle, planeAxes } from '../../core/math/fit-circle.ts'
import { fitPlane } from '../../core/math/fit-plane.ts'
import { mean } from '../../core/math/mean.ts'
import { median } from '../../core/math/quantile.ts'
import { add, dot, norm, scale, subtract, type Vector3 } from '../../core/math/vector.ts'

/** A canal measured from its wall: circle through the middles of its sectors, half widths of its tube, bend out of plane. */
export interface CanalWall {
  readonly circle: Circle
  /** Median over sectors of half the range within the plane and across it, mm. */
  readonly tubeInPlane: number
  readonly tubeAcross: number
  /** Root mean square of the sectors' middles off their plane, mm. */
  readonly outOfPlane: number
}

const sectors = 36
const rounds = 5

/** Sectors with less than this share of the median's places hold a canal's end, and no width is taken there. */
const minShare = 0.3

/** Sector by sector of 10°, as 71 real canals were measured. @param towards roughly the normal */
export function measureCanalWall(places: readonly Vector3[], towards: Vector3): CanalWall {
  let circle = fitCircle(places, towards)
  let groups = intoSectors(places, circle)
  for (let round = 0; round < rounds; round++) {
    circle = fitCircle(groups.map(middleOf), towards)
    groups = intoSectors(places, circle)
  }
  const { center, normal } = circle
  const across = (place: Vector3): number => dot(subtract(place, center), normal)
  const within = (place: Vector3): number => norm(subtract(subtract(place, center), scale(normal, across(place))))
  const middles = groups.map(middleOf)
  const plane = fitPlane(middles, towards)
  const counts = groups.map(({ length }) => length)
  const whole = groups.filter(({ length }) => length >= minShare * median(counts))
  const off = middles.map((middle) => dot(subtract(middle, plane.point), plane.normal))
  return {
    circle,
    tubeInPlane: median(whole.map((group) => halfRange(group.map(within)))),
    tubeAcross: median(whole.map((group) => halfRange(group.map(across)))),
    outOfPlane: Math.sqrt(mean(off.map((mm) => mm * mm)))
  }
}

function intoSectors(places: readonly Vector3[], { center, normal }: Circle): Vector3[][] {
  const [u, v] = planeAxes(normal)
  const groups = Array.from({ length: sectors }, (): Vector3[] => [])
  for (const place of places) {
    const offset = subtract(place, center)
    const turn = Math.atan2(dot(offset, v), dot(offset, u)) / (2 * Math.PI) + 0.5
    groups[Math.min(sectors - 1, Math.floor(turn * sectors))]?.push(place)
  }
  return groups.filter((group) => group.length > 0)
}

function middleOf(places: readonly Vector3[]): Vector3 {
  return scale(
    places.reduce<Vector3>((sum, place) => add(sum, place), [0, 0, 0]),
    1 / places.length
  )
}

function halfRange(values: readonly number[]): number {
  return (Math.max(...values) - Math.min(...values)) / 2
}
