import { EigenvalueDecomposition, Matrix } from 'ml-matrix'
import { mean } from './mean.ts'
import { dot, scale, subtract, type Vector3 } from './vector.ts'

export interface Plane {
  readonly point: Vector3
  /** Unit vector. */
  readonly normal: Vector3
}

/** The plane nearest to at least three places in the least-squares sense, its normal on the side of `towards`. */
export function fitPlane(places: readonly Vector3[], towards: Vector3): Plane {
  const meanAlong = (axis: 0 | 1 | 2): number => mean(places.map((place) => place[axis]))
  const point: Vector3 = [meanAlong(0), meanAlong(1), meanAlong(2)]
  const offsets = new Matrix(places.map((place) => [...subtract(place, point)]))
  const { eigenvectorMatrix } = new EigenvalueDecomposition(offsets.transpose().mmul(offsets), {
    assumeSymmetric: true
  })
  // Eigenvalues ascend: the places spread least along the first.
  const [x, y, z] = eigenvectorMatrix.getColumn(0) as [number, number, number]
  const normal: Vector3 = [x, y, z]
  return { point, normal: dot(normal, towards) < 0 ? scale(normal, -1) : normal }
}
