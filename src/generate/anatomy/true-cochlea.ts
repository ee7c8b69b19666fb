import { degrees } from '../../core/math/angle.ts'
import { mean } from '../../core/math/mean.ts'
import { add, distance, dot, scale, subtract } from '../../core/math/vector.ts'
import { type CochlearFrame, cochlearPlace, createCochlearFrame, placeOf } from '../../ear/cochlear-coordinates.ts'
import type { LabyrinthShape, Section } from './shape.ts'
import { endWall, sectionWall } from './wall.ts'
import { nearestTurn, windingAngles } from './winding.ts'

/** Sizes of a parametric cochlea about its modiolar axis: mm and degrees, angles from the round window's centre. */
export interface TrueCochlea {
  /** From the round window through the axis to the lateral wall at 180°, projected along the axis. */
  readonly a: number
  /** Across A through the axis, lateral wall to lateral wall. */
  readonly b: number
  /** Along the axis from the middle of the lateral wall at 180° to the cupula. */
  readonly height: number
  /** Along the lateral wall from 0° to 360°, and from 0° to the tube's end. */
  readonly basalTurnLength: number
  readonly lateralWallLength: number
  /** Where the tube's centreline ends. */
  readonly totalAngle: number
}

/** The lateral wall at one section: its angle goes on through the turns (radians). */
export interface LateralPlace {
  readonly angle: number
  readonly radius: number
  readonly height: number
}

/** Places that reach to within this of the farthest (mm) are the lateral wall, whose height is their middle. */
const lateralBand = 0.3

export function trueCochlea(shape: LabyrinthShape): TrueCochlea {
  const { point, direction } = shape.modiolarAxis
  const along = dot(subtract(shape.roundWindow, point), direction)
  const frame = createCochlearFrame({ point: add(point, scale(direction, along)), direction }, shape.roundWindow)
  const angles = windingAngles(
    shape.cochlea.map(({ center }) => center),
    frame
  )
  const wall = shape.cochlea.map((section, n) => lateralPlace(section, frame, angles[n] as number))
  const [quarter, far, third] = [wallAt(wall, 0.5 * Math.PI), wallAt(wall, Math.PI), wallAt(wall, 1.5 * Math.PI)]
  const end = shape.cochlea.at(-1) as Section
  const top = Math.max(
    ...[...shape.cochlea.flatMap(sectionWall), ...endWall(end)].map((place) => cochlearPlace(frame, place).height)
  )
  return {
    a: cochlearPlace(frame, shape.roundWindow).radius + far.radius,
    b: quarter.radius + third.radius,
    height: top - far.height,
    basalTurnLength: wallLength(wall, frame, 2 * Math.PI),
    lateralWallLength: wallLength(wall, frame, Number.POSITIVE_INFINITY),
    totalAngle: degrees(angles.at(-1) as number)
  }
}

/** Where the lateral wall of a section lies. @param angle of the section's middle about the axis, radians, going on through the turns */
export function lateralPlace(section: Section, frame: CochlearFrame, angle: number): LateralPlace {
  const places = sectionWall(section).map((place) => cochlearPlace(frame, place))
  const radius = Math.max(...places.map((place) => place.radius))
  const outer = places.filter((place) => place.radius > radius - lateralBand)
  const farthest = outer.find((place) => place.radius === radius) as LateralPlace
  const height = mean(outer.map((place) => place.height))
  return { angle: nearestTurn(farthest.angle, angle), radius, height }
}

function wallAt(wall: readonly LateralPlace[], angle: number): LateralPlace {
  const next = wall.findIndex((place) => place.angle >= angle)
  const [a, b] = [wall[next - 1] as LateralPlace, wall[next] as LateralPlace]
  const share = (angle - a.angle) / (b.angle - a.angle)
  return { angle, radius: a.radius + share * (b.radius - a.radius), height: a.height + share * (b.height - a.height) }
}

function wallLength(wall: readonly LateralPlace[], frame: CochlearFrame, to: number): number {
  const inner = wall.filter(({ angle }) => angle > 0 && angle < to)
  const ends = Number.isFinite(to) ? [wallAt(wall, to)] : []
  const places = [wallAt(wall, 0), ...inner, ...ends].map((place) => placeOf(frame, place))
  return places.slice(1).reduce((sum, place, n) => sum + distance(place, places[n] as typeof place), 0)
}
