import { EigenvalueDecomposition, Matrix } from 'ml-matrix'
import { dot, scale, subtract, type Vector3 } from './vector.ts'

export interface Plane {
  readonly point: Vector3
  /** Unit vector. */
  readonly normal: Vector3
}

/** The plane nearest to at least three places in the least-squares sense, its normal on the side of `towards`. */
export function fitPlane(places: readonly Vector3[], towards: Vector3): Plane {
  const mean = (axis: 0 | 1 | 2): number => places.reduce((sum, place) => sum + place[axis], 0) / places.length
  const point: Vector3 = [mean(0), mean(1), mean(2)]
  const offsets = new Matrix(places.map((place) => [...subtract(place, point)]))
  const { eigenvectorMatrix } = new EigenvalueDecomposition(offsets.transpose().mmul(offsets), {
    assumeSymmetric: true
  })
  // Eigenvalues ascend: the places spread least along the first.
  const [x, y, z] = eigenvectorMatrix.getColumn(0) as [number, number, number]
  const normal: Vector3 = [x, y, z]
  return { point, normal: dot(normal, towards) < 0 ? scale(normal, -1) : normal }
}
