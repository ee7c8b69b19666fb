import { cross, dot, normalize, scale, subtract, type Vector3 } from '../../core/math/vector.ts'
import { createCochlearFrame } from '../../ear/cochlear-coordinates.ts'
import type { ShapeParameters } from '../sample/shape-parameters.ts'
import { densify, planeNormal } from './centreline.ts'
import { createCupula } from './cupula.ts'
import { placeHelicotrema, placeOvalWindow, placeRoundWindow } from './landmarks.ts'
import { keepSeptum } from './septum.ts'
import { createSection, type LabyrinthShape, type Section, type ShapeEllipsoid, type SymmetricMatrix } from './shape.ts'
import { createSkeleton, type Skeleton } from './skeleton.ts'
import { windingAngles } from './winding.ts'

/** Distance between neighbouring sections along a tube, mm. */
const sectionStep = 0.15

/** The labyrinth of the given parameters: its skeleton clothed with walls, bone between the turns, windows on the wall. */
export function createShape(parameters: ShapeParameters): LabyrinthShape {
  const skeleton = createSkeleton(parameters)
  const { ovalWindow, roundWindow, helicotrema, modiolarAxis } = skeleton
  const shape: LabyrinthShape = {
    cochlea: createCochlea(skeleton),
    canals: skeleton.canals.map(createCanal),
    vestibule: skeleton.ellipsoids.map(ellipsoid),
    ovalWindow,
    roundWindow,
    helicotrema,
    modiolarAxis
  }
  const whole = parameters.cupula === undefined ? shape : { ...shape, cupula: createCupula(shape, parameters.cupula) }
  return {
    ...whole,
    ovalWindow: placeOvalWindow(shape, parameters.ovalWindow),
    roundWindow: placeRoundWindow(shape, parameters.roundWindow),
    helicotrema: placeHelicotrema(whole)
  }
}

function createCochlea(skeleton: Skeleton): Section[] {
  const sections = createTurns(skeleton)
  const frame = createCochlearFrame(skeleton.modiolarAxis, skeleton.roundWindow)
  const centers = sections.map(({ center }) => center)
  return keepSeptum(sections, windingAngles(centers, frame), skeleton.modiolarAxis)
}

/** The cochlea's tube as the population has it, before bone is kept between its turns. */
export function createTurns({ cochlea, modiolarAxis: { point, direction } }: Skeleton): Section[] {
  return sectionsAlong(
    densify(cochlea, sectionStep),
    (tangent, center) => {
      const fromAxis = subtract(center, point)
      const radial = subtract(fromAxis, scale(direction, dot(fromAxis, direction)))
      const axisA = normalize(subtract(radial, scale(tangent, dot(radial, tangent))))
      const axisB = cross(tangent, axisA)
      return [axisA, dot(axisB, direction) < 0 ? scale(axisB, -1) : axisB]
    },
    (row) => [row[3] as number, row[4] as number, row[5] as number]
  )
}

function createCanal(table: readonly number[][]): Section[] {
  const rows = densify(table, sectionStep)
  const normal = planeNormal(rows)
  return sectionsAlong(
    rows,
    (tangent) => {
      const axisA = normalize(cross(normal, tangent))
      return [axisA, cross(tangent, axisA)]
    },
    (row) => [row[3] as number, 0, row[4] as number]
  )
}

function sectionsAlong(
  rows: readonly number[][],
  axesAt: (tangent: Vector3, center: Vector3) => [Vector3, Vector3],
  shapeOf: (row: number[]) => [number, number, number]
): Section[] {
  const centers = rows.map((row) => [row[0], row[1], row[2]] as unknown as Vector3)
  return rows.map((row, n) => {
    const before = centers[Math.max(0, n - 1)] as Vector3
    const after = centers[Math.min(rows.length - 1, n + 1)] as Vector3
    const tangent = normalize(subtract(after, before))
    const center = centers[n] as Vector3
    const [axisA, axisB] = axesAt(tangent, center)
    return createSection({ center, axisA, axisB, tangent }, shapeOf(row))
  })
}

function ellipsoid(row: number[]): ShapeEllipsoid {
  const [cx, cy, cz, xx, yy, zz, xy, xz, yz] = row as unknown as readonly [...Vector3, ...SymmetricMatrix]
  return {
    center: [cx, cy, cz],
    inverse: inverseSymmetric([xx, yy, zz, xy, xz, yz]),
    reach: Math.max(xx, yy, zz) + Math.abs(xy) + Math.abs(xz) + Math.abs(yz)
  }
}

function inverseSymmetric([xx, yy, zz, xy, xz, yz]: SymmetricMatrix): SymmetricMatrix {
  const d = xx * (yy * zz - yz * yz) - xy * (xy * zz - yz * xz) + xz * (xy * yz - yy * xz)
  return [
    (yy * zz - yz * yz) / d,
    (xx * zz - xz * xz) / d,
    (xx * yy - xy * xy) / d,
    (xz * yz - xy * zz) / d,
    (xy * yz - xz * yy) / d,
    (xy * xz - xx * yz) / d
  ]
}
