import type { Random } from '../../core/random.ts'
import { add, cross, dot, normalize, scale, subtract, type Vector3 } from '../../core/vector.ts'
import { layout, mean, modes } from './population.ts'

/** One place on a tube's centreline with its elliptic cross-section; ear frame, mm. */
export interface Section {
  readonly center: Vector3
  /** Unit vectors of the section plane. */
  readonly axisA: Vector3
  readonly axisB: Vector3
  /** Unit vector along the tube. */
  readonly tangent: Vector3
  /** Inverse of the symmetric shape matrix S: the wall is |S⁻¹ q| = 1 for q in (axisA, axisB) coordinates. */
  readonly inverse: readonly [aa: number, ab: number, bb: number]
  /** The larger semi-axis, mm. */
  readonly reach: number
}

/** A symmetric matrix as [xx, yy, zz, xy, xz, yz]. */
export type SymmetricMatrix = readonly [number, number, number, number, number, number]

/** The inside of {x : |S⁻¹ (x − c)| < 1}. */
export interface ShapeEllipsoid {
  readonly center: Vector3
  readonly inverse: SymmetricMatrix
  readonly reach: number
}

/** A labyrinth as tubes and ellipsoids with its landmarks, in the ear frame of a right ear, mm. */
export interface LabyrinthShape {
  readonly cochlea: readonly Section[]
  readonly canals: readonly (readonly Section[])[]
  readonly vestibule: readonly ShapeEllipsoid[]
  readonly ovalWindow: Vector3
  readonly roundWindow: Vector3
  readonly helicotrema: Vector3
  readonly modiolarAxis: { readonly point: Vector3; readonly direction: Vector3 }
}

/** What distinguishes one drawn labyrinth from another. */
export interface ShapeParameters {
  /** Weights of the population's modes of variation, in standard deviations. */
  readonly modes: readonly number[]
  /** Isotropic size factor beyond the modes. */
  readonly size: number
  /** Factor on every tube radius. */
  readonly caliber: number
}

export function drawShapeParameters(random: Random): ShapeParameters {
  return {
    modes: modes.map(() => random.clippedNormal(0, 1, 2.5)),
    size: random.clippedNormal(1, 0.015, 2.5),
    caliber: random.clippedNormal(1, 0.03, 2.5)
  }
}

/** Distance between neighbouring sections along a tube, mm. */
const sectionStep = 0.15

/** The labyrinth of the given parameters: population mean plus modes, scaled about the vestibule. */
export function createShape(parameters: ShapeParameters): LabyrinthShape {
  const block = unpack(parameters)
  const axisDirection = normalize(block('modiolar_axis_direction_x3')[0] as unknown as Vector3)
  const axisPoint = block('modiolar_axis_point')[0] as unknown as Vector3
  const [ovalWindow, roundWindow, helicotrema] = block('points') as unknown as [Vector3, Vector3, Vector3]
  const canal = (name: string): Section[] => {
    const rows = densify(block(name), sectionStep)
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
  const cochlea = sectionsAlong(
    densify(block('cochlea'), sectionStep),
    (tangent, center) => {
      const fromAxis = subtract(center, axisPoint)
      const radial = subtract(fromAxis, scale(axisDirection, dot(fromAxis, axisDirection)))
      const axisA = normalize(subtract(radial, scale(tangent, dot(radial, tangent))))
      const axisB = cross(tangent, axisA)
      return [axisA, dot(axisB, axisDirection) < 0 ? scale(axisB, -1) : axisB]
    },
    (row) => [row[3] as number, row[4] as number, row[5] as number]
  )
  return {
    cochlea,
    canals: ['anterior', 'posterior', 'lateral', 'common'].map(canal),
    vestibule: block('ellipsoids').map(ellipsoid),
    ovalWindow,
    roundWindow,
    helicotrema,
    modiolarAxis: { point: axisPoint, direction: axisDirection }
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
    const [aa, ab, bb] = shapeOf(row)
    const determinant = aa * bb - ab * ab
    const spread = Math.hypot((aa - bb) / 2, ab)
    return {
      center,
      axisA,
      axisB,
      tangent,
      inverse: [bb / determinant, -ab / determinant, aa / determinant],
      reach: (aa + bb) / 2 + spread
    }
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

/** Resamples a table of points and radii at about `step` mm by Catmull–Rom splines through its rows. */
function densify(rows: readonly number[][], step: number): number[][] {
  const at = (n: number): number[] => rows[Math.max(0, Math.min(rows.length - 1, n))] as number[]
  const dense: number[][] = []
  for (let n = 0; n + 1 < rows.length; n++) {
    const [p0, p1, p2, p3] = [at(n - 1), at(n), at(n + 1), at(n + 2)]
    const length = Math.hypot(...[0, 1, 2].map((axis) => (p2[axis] as number) - (p1[axis] as number)))
    const pieces = Math.max(1, Math.round(length / step))
    for (let piece = 0; piece < pieces; piece++) {
      const t = piece / pieces
      dense.push(
        p1.map((b, column) => {
          const [a, c, d] = [p0[column] as number, p2[column] as number, p3[column] as number]
          return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))
        })
      )
    }
  }
  dense.push([...at(rows.length - 1)])
  return dense
}

/** Unit normal of the plane a curved row of points lies in (sum of the swept triangles). */
function planeNormal(rows: readonly number[][]): Vector3 {
  const points = rows.map((row) => [row[0], row[1], row[2]] as unknown as Vector3)
  const start = points[0] as Vector3
  let sum: Vector3 = [0, 0, 0]
  for (let n = 1; n + 1 < points.length; n++) {
    sum = add(sum, cross(subtract(points[n] as Vector3, start), subtract(points[n + 1] as Vector3, start)))
  }
  return normalize(sum)
}
