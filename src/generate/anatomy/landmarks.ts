import { add, cross, dot, normalize, scale, subtract, type Vector3 } from '../../core/math/vector.ts'
import { labyrinthDistance } from './distance.ts'
import type { LabyrinthShape } from './shape.ts'

/** Outward normals of the wall at the windows in the ear frame: means of 42 labyrinths. */
const ovalWindowNormal: Vector3 = [0.832, 0.01, -0.554]
const roundWindowNormal: Vector3 = [0.213, -0.876, -0.433]

/** Least depth (mm) of the helicotrema below the wall of the apical turn. */
const helicotremaDepth = 0.05

const step = 0.02
const rounds = 30
const damping = 0.8

/** The place on the labyrinth's wall that a window's middle comes to, shifted level and upwards along it (mm). */
export function placeOvalWindow(shape: LabyrinthShape, shift: readonly [number, number]): Vector3 {
  return walkTo(shape, shifted(shape.ovalWindow, ovalWindowNormal, shift), 0)
}

export function placeRoundWindow(shape: LabyrinthShape, shift: readonly [number, number]): Vector3 {
  return walkTo(shape, shifted(shape.roundWindow, roundWindowNormal, shift), 0)
}

/** The place on the labyrinth's wall down the slope from another near it. */
export function placeOnWall(shape: LabyrinthShape, place: Vector3): Vector3 {
  return walkTo(shape, place, 0)
}

/** Height (mm) about the spiral's tip in which the cochlea's top is looked for on the axis, and how finely. */
const searched = 1
const searchStep = 0.01

/**
 * The helicotrema: the top of the hollow under the cupula, on the modiolar axis. Without that hollow, the spiral's tip,
 * moved into the apical turn where it lies outside.
 */
export function placeHelicotrema(shape: LabyrinthShape): Vector3 {
  if (shape.cupula !== undefined) {
    const { point, direction } = shape.modiolarAxis
    const tip = dot(subtract(shape.helicotrema, point), direction)
    for (let height = tip + searched; height > tip - searched; height -= searchStep) {
      const place = add(point, scale(direction, height))
      if (labyrinthDistance(shape, place, 2).whole <= -helicotremaDepth) return place
    }
  }
  const depth = -labyrinthDistance(shape, shape.helicotrema, 2).whole
  return depth >= helicotremaDepth ? shape.helicotrema : walkTo(shape, shape.helicotrema, -helicotremaDepth)
}

/** Unit vector out of the labyrinth at a place near its wall, ear frame. */
export function wallNormal(shape: LabyrinthShape, place: Vector3): Vector3 {
  return normalize(slopeAt((at) => labyrinthDistance(shape, at, 2).whole, place))
}

function slopeAt(height: (at: Vector3) => number, place: Vector3): Vector3 {
  const here = height(place)
  return ([0, 1, 2] as const).map((axis) => {
    const ahead = add(place, [axis === 0 ? step : 0, axis === 1 ? step : 0, axis === 2 ? step : 0])
    return (height(ahead) - here) / step
  }) as unknown as Vector3
}

function shifted(place: Vector3, normal: Vector3, [along, upwards]: readonly [number, number]): Vector3 {
  const up = normalize(cross(cross(normal, [0, 0, 1]), normal))
  const level = cross(up, normal)
  return add(place, add(scale(level, along), scale(up, upwards)))
}

/** Follows the gradient of the distance to the labyrinth until it has the wanted value (mm). */
function walkTo(shape: LabyrinthShape, start: Vector3, wanted: number): Vector3 {
  let place = start
  const excess = (at: Vector3): number => labyrinthDistance(shape, at, 2).whole - wanted
  for (let round = 0; round < rounds; round++) {
    const here = excess(place)
    if (Math.abs(here) < 1e-3) break
    const slope = slopeAt(excess, place)
    const steepness = Math.max(0.25, dot(slope, slope))
    place = add(place, scale(slope, (-damping * here) / steepness))
  }
  return place
}
