import { subtract, type Vector3 } from '../../core/math/vector.ts'
import { ellipsoidDistance, labyrinthDistance } from '../anatomy/distance.ts'
import type { LabyrinthShape, Section, ShapeEllipsoid } from '../anatomy/shape.ts'
import { endWall, sectionWall } from '../anatomy/wall.ts'

/** Places on a labyrinth's wall (ear frame, mm) by the part they belong to. */
export interface WallPlaces {
  readonly cochlea: readonly Vector3[]
  readonly vestibule: readonly Vector3[]
  readonly superior: readonly Vector3[]
  readonly posterior: readonly Vector3[]
  readonly lateral: readonly Vector3[]
  readonly common: readonly Vector3[]
}

/** A place this far inside another part (mm) is not on the wall. */
const hidden = 0.05

/** One of this many places around a section is taken. */
const stride = 4

export function wallPlaces(shape: LabyrinthShape): WallPlaces {
  const isOutside = (place: Vector3): boolean => labyrinthDistance(shape, place, 0.5).whole > -hidden
  const [superior, posterior, lateral, common] = shape.canals.map((canal) => tubeWall(canal, shape.vestibule)) as [
    Vector3[],
    Vector3[],
    Vector3[],
    Vector3[]
  ]
  const cochlea = [...tubeWall(shape.cochlea, shape.vestibule), ...endWall(shape.cochlea.at(-1) as Section)]
  return {
    cochlea: cochlea.filter(isOutside),
    vestibule: shape.vestibule.flatMap(ellipsoidWall).filter(isOutside),
    superior: superior.filter(isOutside),
    posterior: posterior.filter(isOutside),
    lateral: lateral.filter(isOutside),
    common: common.filter(isOutside)
  }
}

/** Walls of those sections whose middle lies outside the vestibule. */
function tubeWall(tube: readonly Section[], vestibule: readonly ShapeEllipsoid[]): Vector3[] {
  const isFree = ({ center }: Section): boolean =>
    vestibule.every((body) => ellipsoidDistance(body, ...subtract(center, body.center)) > 0)
  return tube.filter(isFree).flatMap((section) => sectionWall(section).filter((_, n) => n % stride === 0))
}

/** About 600 places spread over an ellipsoid: a Fibonacci sphere's directions, each to where the wall is met. */
function ellipsoidWall(body: ShapeEllipsoid): Vector3[] {
  const count = 600
  return Array.from({ length: count }, (_, n) => {
    const z = 1 - (2 * n + 1) / count
    const across = Math.sqrt(1 - z * z)
    const turn = n * Math.PI * (3 - Math.sqrt(5))
    const direction: Vector3 = [across * Math.cos(turn), across * Math.sin(turn), z]
    // The distance of a place at radius 1 is 1 − 1/level: the wall is met at 1/level.
    const reach = 1 - ellipsoidDistance(body, ...direction)
    return [
      body.center[0] + reach * direction[0],
      body.center[1] + reach * direction[1],
      body.center[2] + reach * direction[2]
    ]
  })
}
