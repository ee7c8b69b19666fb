import { add, cross, dot, normalize, scale, type Vector3 } from '../../core/vector.ts'
import { labyrinthDistance } from './distance.ts'
import type { LabyrinthShape, Section } from './shape.ts'

/** Outward normals of the wall at the windows in the ear frame: means of 42 labyrinths. */
const ovalWindowNormal: Vector3 = [0.832, 0.01, -0.554]
const roundWindowNormal: Vector3 = [0.213, -0.876, -0.433]

const step = 0.02
const rounds = 30
const damping = 0.8

/** The place on the labyrinth's wall that a window's middle comes to, shifted level and upwards along it (mm). */
export function placeOvalWindow(shape: LabyrinthShape, shift: readonly [number, number]): Vector3 {
  return placeOnWall(shape, shifted(shape.ovalWindow, ovalWindowNormal, shift))
}

export function placeRoundWindow(shape: LabyrinthShape, shift: readonly [number, number]): Vector3 {
  return placeOnWall(shape, shifted(shape.roundWindow, roundWindowNormal, shift))
}

/**
 * The helicotrema, in the middle of the lumen where the last turn ends. Of the places along that turn this one gives the
 * distances to the windows and the angles that 70 clicked ears have (studies/population).
 */
export function placeHelicotrema(cochlea: readonly Section[]): Vector3 {
  return (cochlea.at(-1) as Section).center
}

function shifted(place: Vector3, normal: Vector3, [along, upwards]: readonly [number, number]): Vector3 {
  const up = normalize(cross(cross(normal, [0, 0, 1]), normal))
  const level = cross(up, normal)
  return add(place, add(scale(level, along), scale(up, upwards)))
}

/** The place on the labyrinth's wall down the slope of the distance from another near it. */
export function placeOnWall(shape: LabyrinthShape, start: Vector3): Vector3 {
  let place = start
  const toWall = (at: Vector3): number => labyrinthDistance(shape, at, 2).whole
  for (let round = 0; round < rounds; round++) {
    const here = toWall(place)
    if (Math.abs(here) < 1e-3) break
    const slope = ([0, 1, 2] as const).map((axis) => {
      const ahead = add(place, [axis === 0 ? step : 0, axis === 1 ? step : 0, axis === 2 ? step : 0])
      return (toWall(ahead) - here) / step
    }) as unknown as Vector3
    const steepness = Math.max(0.25, dot(slope, slope))
    place = add(place, scale(slope, (-damping * here) / steepness))
  }
  return place
}
