import { EigenvalueDecomposition, Matrix } from 'ml-matrix'
import type { Mesh } from '../../core/mesh.ts'
import { dot, scale, subtract, type Vector3 } from '../../core/vector.ts'

/** Where a cochlea lies for the pictures: its middle (LPS mm) and the unit direction from base to apex. */
export interface CochlearAxis {
  readonly center: Vector3
  readonly direction: Vector3
}

/**
 * The axis across which a cochlea is flattest: a cochlea is wider than high, so its turns lie about across it. Good
 * enough to look along; not a measurement.
 * @param apex the helicotrema, which tells base from apex, LPS mm
 */
export function cochlearAxis({ vertices }: Mesh, apex: Vector3 | undefined): CochlearAxis | undefined {
  if (vertices.length === 0) return undefined
  const points = new Matrix(
    Array.from({ length: vertices.length / 3 }, (_, n) => [...vertices.subarray(3 * n, 3 * n + 3)])
  )
  const center = points.mean('column') as [number, number, number]
  const spread = points.subRowVector(center)
  // Eigenvalues come in ascending order.
  const { eigenvectorMatrix } = new EigenvalueDecomposition(spread.transpose().mmul(spread), { assumeSymmetric: true })
  const direction = eigenvectorMatrix.getColumn(0) as [number, number, number]
  const towardsApex = apex === undefined ? 1 : dot(subtract(apex, center), direction)
  return { center, direction: towardsApex >= 0 ? direction : scale(direction, -1) }
}
