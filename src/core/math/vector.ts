/** Three numbers: a point or displacement in LPS millimetres, or a continuous voxel index (i, j, k). */
export type Vector3 = readonly [number, number, number]

/** A 3×3 matrix in row-major order. */
export type Matrix3 = readonly [number, number, number, number, number, number, number, number, number]

export const identity3: Matrix3 = [1, 0, 0, 0, 1, 0, 0, 0, 1]

/** Reverses the first axis. */
export const mirror: Matrix3 = [-1, 0, 0, 0, 1, 0, 0, 0, 1]

export function add(a: Vector3, b: Vector3): Vector3 {
  return [a[0] + b[0], a[1] + b[1], a[2] + b[2]]
}

export function subtract(a: Vector3, b: Vector3): Vector3 {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
}

export function scale(a: Vector3, factor: number): Vector3 {
  return [a[0] * factor, a[1] * factor, a[2] * factor]
}

export function dot(a: Vector3, b: Vector3): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

export function cross(a: Vector3, b: Vector3): Vector3 {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

export function norm(a: Vector3): number {
  return Math.hypot(a[0], a[1], a[2])
}

export function distance(a: Vector3, b: Vector3): number {
  return norm(subtract(a, b))
}

export function normalize(a: Vector3): Vector3 {
  return scale(a, 1 / norm(a))
}

export function multiply(a: Matrix3, b: Matrix3): Matrix3 {
  const cell = (row: number, column: number): number =>
    (a[3 * row] as number) * (b[column] as number) +
    (a[3 * row + 1] as number) * (b[3 + column] as number) +
    (a[3 * row + 2] as number) * (b[6 + column] as number)
  return [cell(0, 0), cell(0, 1), cell(0, 2), cell(1, 0), cell(1, 1), cell(1, 2), cell(2, 0), cell(2, 1), cell(2, 2)]
}

export function transform(m: Matrix3, v: Vector3): Vector3 {
  return [
    m[0] * v[0] + m[1] * v[1] + m[2] * v[2],
    m[3] * v[0] + m[4] * v[1] + m[5] * v[2],
    m[6] * v[0] + m[7] * v[1] + m[8] * v[2]
  ]
}

export function transpose(m: Matrix3): Matrix3 {
  return [m[0], m[3], m[6], m[1], m[4], m[7], m[2], m[5], m[8]]
}

export function determinant(m: Matrix3): number {
  return dot([m[0], m[1], m[2]], cross([m[3], m[4], m[5]], [m[6], m[7], m[8]]))
}

/** Inverse of a regular matrix (adjugate over determinant). */
export function inverse(m: Matrix3): Matrix3 {
  const d = 1 / determinant(m)
  const [a, b, c] = [cross(row(m, 1), row(m, 2)), cross(row(m, 2), row(m, 0)), cross(row(m, 0), row(m, 1))]
  return [a[0] * d, b[0] * d, c[0] * d, a[1] * d, b[1] * d, c[1] * d, a[2] * d, b[2] * d, c[2] * d]
}

export function row(m: Matrix3, index: 0 | 1 | 2): Vector3 {
  return [m[3 * index] as number, m[3 * index + 1] as number, m[3 * index + 2] as number]
}

export function column(m: Matrix3, index: 0 | 1 | 2): Vector3 {
  return [m[index] as number, m[index + 3] as number, m[index + 6] as number]
}

/** The matrix whose columns are a, b and c. */
export function fromColumns(a: Vector3, b: Vector3, c: Vector3): Matrix3 {
  return [a[0], b[0], c[0], a[1], b[1], c[1], a[2], b[2], c[2]]
}

/** Rotation by an angle (radians) about a unit axis, right-handed (Rodrigues). */
export function rotationAbout(axis: Vector3, angle: number): Matrix3 {
  const [x, y, z] = axis
  const [c, s] = [Math.cos(angle), Math.sin(angle)]
  const t = 1 - c
  return [
    t * x * x + c,
    t * x * y - s * z,
    t * x * z + s * y,
    t * x * y + s * z,
    t * y * y + c,
    t * y * z - s * x,
    t * x * z - s * y,
    t * y * z + s * x,
    t * z * z + c
  ]
}
