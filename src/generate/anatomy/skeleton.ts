import { radians } from '../../core/math/angle.ts'
import { add, dot, normalize, rotationAbout, scale, subtract, transform, type Vector3 } from '../../core/math/vector.ts'
import { type Axis, createCochlearFrame } from '../../ear/cochlear-coordinates.ts'
import type { ShapeParameters } from '../sample/shape-parameters.ts'
import { planeNormal } from './centreline.ts'
import { layout, mean, modes } from './population.ts'
import { warpPlace } from './warp.ts'
import { turnAbout, wind } from './winding.ts'

/** A labyrinth's centrelines with the radii along them, its bodies and landmarks; ear frame of a right ear, mm. */
export interface Skeleton {
  /** Rows as population.ts describes them. */
  readonly cochlea: readonly number[][]
  /** Superior, posterior, lateral, common crus. */
  readonly canals: readonly (readonly number[][])[]
  readonly ellipsoids: readonly number[][]
  /** Near the wall. */
  readonly ovalWindow: Vector3
  readonly roundWindow: Vector3
  readonly helicotrema: Vector3
  readonly modiolarAxis: Axis
}

/** The population's mean and modes; the cochlea scaled and turned about the round window, wound; all of it warped. */
export function createSkeleton(parameters: ShapeParameters): Skeleton {
  const tables = unpack(parameters)
  const warp = (place: Vector3): Vector3 => warpPlace(parameters.warp, place)
  const [ovalWindow, roundWindow, helicotrema] = tables('points') as unknown as [Vector3, Vector3, Vector3]
  const [axisPoint] = tables('modiolar_axis_point') as unknown as [Vector3]
  const [axisVector] = tables('modiolar_axis_direction_x3') as unknown as [Vector3]
  const stand = standing(parameters, roundWindow, normalize(axisVector))
  const axis = throughHeightOf(roundWindow, line(stand(axisPoint), stand(add(axisPoint, axisVector))))
  const frame = createCochlearFrame(axis, roundWindow)
  const winding = radians(parameters.winding)
  const cochlea = tables('cochlea')
  const centers = wind(cochlea.map(centerOf).map(stand), frame, winding).map(warp)
  const tip = turnAbout(frame, stand(helicotrema), winding)
  const top = add(axis.point, scale(axis.direction, dot(subtract(tip, axis.point), axis.direction)))
  return {
    cochlea: cochlea.map((row, n) => [
      ...(centers[n] as Vector3),
      ...row.slice(3).map((radius) => radius * parameters.cochlea.size)
    ]),
    canals: ['superior', 'posterior', 'lateral', 'common'].map((name, n) =>
      moved(bent(tables(name), parameters.canalBends[n] ?? 0, halfWaves[n] ?? 0), warp)
    ),
    ellipsoids: moved(tables('ellipsoids'), warp),
    ovalWindow: warp(ovalWindow),
    roundWindow: warp(roundWindow),
    helicotrema: warp(tip),
    modiolarAxis: line(warp(axis.point), warp(top))
  }
}

/** The parameter tables of one subject by block name: positions scaled by size, radii by size and caliber. */
function unpack(parameters: ShapeParameters): (name: string) => number[][] {
  const values = mean.map((value, index) =>
    parameters.modes.reduce((sum, weight, mode) => sum + weight * (modes[mode]?.[index] as number), value)
  )
  const tables = new Map<string, number[][]>()
  let at = 0
  for (const { name, rows, columns } of layout) {
    const table = Array.from({ length: rows }, (_, row) => {
      const cells = values.slice(at + row * columns, at + (row + 1) * columns)
      return cells.map((value, column) => value * parameters.size * (column < 3 ? 1 : parameters.caliber))
    })
    tables.set(name, table)
    at += rows * columns
  }
  return (name) => tables.get(name) as number[][]
}

/** How the cochlea stands: scaled about the round window and turned about two directions across its axis. */
function standing({ cochlea }: ShapeParameters, pivot: Vector3, axis: Vector3): (place: Vector3) => Vector3 {
  const { zero, quarter } = createCochlearFrame({ point: [0, 0, 0], direction: axis }, [0, 0, 1])
  const [a, b] = cochlea.turn.map(radians) as [number, number]
  const [turnA, turnB] = [rotationAbout(zero, a), rotationAbout(quarter, b)]
  return (place) => {
    const offset = scale(subtract(place, pivot), cochlea.size)
    return add(pivot, transform(turnA, transform(turnB, offset)))
  }
}

/**
 * Half waves of a bend along the superior, posterior and lateral canal: one to each side of a vertical canal's plane. Of
 * the lateral one that would be little but a tilt; its middle bends one way and both its limbs the other.
 */
const halfWaves = [2, 2, 3]

/** A canal bent out of its plane, its ends where they were. */
function bent(rows: readonly number[][], by: number, waves: number): number[][] {
  const normal = planeNormal(rows)
  return rows.map((row, n) => {
    const share = Math.sin((waves * Math.PI * n) / (rows.length - 1))
    return [...add(centerOf(row), scale(normal, by * share)), ...row.slice(3)]
  })
}

function line(from: Vector3, to: Vector3): Axis {
  return { point: from, direction: normalize(subtract(to, from)) }
}

/** The same axis, its point at the height of a place. */
function throughHeightOf(place: Vector3, { point, direction }: Axis): Axis {
  return { point: add(point, scale(direction, dot(subtract(place, point), direction))), direction }
}

function moved(rows: readonly number[][], by: (place: Vector3) => Vector3): number[][] {
  return rows.map((row) => [...by(centerOf(row)), ...row.slice(3)])
}

function centerOf([x, y, z]: readonly number[]): Vector3 {
  return [x as number, y as number, z as number]
}
