import type { Vector3 } from '../../core/math/vector.ts'
import { cochlearBodies, type LabyrinthShape, type Section, type ShapeEllipsoid } from './shape.ts'

/** Radius (mm) of the smooth union's blending, as fitted to real labyrinths. */
const blendRadius = 0.08

/** A field that is exact to this distance (mm) has a smooth union that is exact at its wall. */
export const unionReach = 8 * blendRadius

/** Least radius of a centreline's bends, mm: the apical turn. */
const tightestBend = 1

/** Distance from one section of a tube to the next, or at the tube's end from the one before, mm. */
export function stepAt(tube: readonly Section[], n: number): number {
  const [a, b] = [(tube[n] as Section).center, (tube[n + 1] ?? (tube[n - 1] as Section)).center]
  return length(b[0] - a[0], b[1] - a[1], b[2] - a[2])
}

/**
 * How far along a tube (mm) a section is the nearest one to places at this offset (mm) from the centreline. Outside a bend
 * sections fan out: neighbours are farther apart there than on the centreline.
 */
export function farthestAlong(step: number, offset: number): number {
  return step * (0.55 + offset / tightestBend)
}

/**
 * Distance (mm, negative inside) of a place at the offset (dx, dy, dz) from a section's centre to the tube there:
 * |q| (1 − 1/|S⁻¹ q|) for its offset q in the section's plane; undefined where another section is nearer. The far end
 * of a tube is closed by half an ellipsoid.
 * @param step distance to the neighbouring section, mm
 */
export function sectionDistance(
  { axisA, axisB, tangent, inverse, reach }: Section,
  step: number,
  isEnd: boolean,
  dx: number,
  dy: number,
  dz: number
): number | undefined {
  const along = dx * tangent[0] + dy * tangent[1] + dz * tangent[2]
  const a = dx * axisA[0] + dy * axisA[1] + dz * axisA[2]
  const b = dx * axisB[0] + dy * axisB[1] + dz * axisB[2]
  const offset = Math.sqrt(a * a + b * b)
  const beyondEnd = isEnd && along > 0
  if (Math.abs(along) > farthestAlong(step, offset) && !beyondEnd) return undefined
  const cap = beyondEnd ? along : 0
  const level = length(inverse[0] * a + inverse[1] * b, inverse[1] * a + inverse[2] * b, cap / reach)
  return level < 1e-6 ? -reach : Math.sqrt(offset * offset + cap * cap) * (1 - 1 / level)
}

/** Distance (mm, negative inside) of a place at the offset (dx, dy, dz) from an ellipsoid's centre to its wall. */
export function ellipsoidDistance({ inverse, reach }: ShapeEllipsoid, dx: number, dy: number, dz: number): number {
  const [xx, yy, zz, xy, xz, yz] = inverse
  const level = length(xx * dx + xy * dy + xz * dz, xy * dx + yy * dy + yz * dz, xz * dx + yz * dy + zz * dz)
  return level < 1e-6 ? -reach : length(dx, dy, dz) * (1 - 1 / level)
}

/** −k log Σ exp(−d/k) over three distances, computed only where two of them are near each other. */
export function smoothUnion(a: number, b: number, c: number): number {
  const least = Math.min(a, b, c)
  const near = least + unionReach
  if ((a < near ? 1 : 0) + (b < near ? 1 : 0) + (c < near ? 1 : 0) === 1) return least
  const sum =
    Math.exp((least - a) / blendRadius) + Math.exp((least - b) / blendRadius) + Math.exp((least - c) / blendRadius)
  return least - blendRadius * Math.log(sum)
}

/** Signed distances (mm, negative inside) of a place in the ear frame to a labyrinth's parts and to their union. */
export interface LabyrinthDistance {
  readonly cochlea: number
  readonly vestibule: number
  readonly canals: number
  readonly whole: number
}

/** @param margin how far from a part its distance is wanted (mm); farther places have this value */
export function labyrinthDistance(shape: LabyrinthShape, place: Vector3, margin: number): LabyrinthDistance {
  const cochlea = Math.min(
    tubeDistance(shape.cochlea, place, margin),
    bodyDistance(cochlearBodies(shape), place, margin)
  )
  const canals = Math.min(...shape.canals.map((canal) => tubeDistance(canal, place, margin)))
  const vestibule = bodyDistance(shape.vestibule, place, margin)
  return { cochlea, vestibule, canals, whole: smoothUnion(cochlea, vestibule, canals) }
}

function bodyDistance(bodies: readonly ShapeEllipsoid[], place: Vector3, margin: number): number {
  return bodies.reduce((least, body) => {
    const [x, y, z] = body.center
    return Math.min(least, ellipsoidDistance(body, place[0] - x, place[1] - y, place[2] - z))
  }, margin)
}

function tubeDistance(tube: readonly Section[], place: Vector3, margin: number): number {
  let least = margin
  tube.forEach((section, n) => {
    const { center, reach } = section
    const [dx, dy, dz] = [place[0] - center[0], place[1] - center[1], place[2] - center[2]]
    if (length(dx, dy, dz) > reach + margin) return
    const distance = sectionDistance(section, stepAt(tube, n), n === tube.length - 1, dx, dy, dz)
    if (distance !== undefined && distance < least) least = distance
  })
  return least
}

/** Euclidean length; Math.hypot is many times slower. */
function length(x: number, y: number, z: number): number {
  return Math.sqrt(x * x + y * y + z * z)
}
