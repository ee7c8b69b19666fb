import { EigenvalueDecomposition, Matrix } from 'ml-matrix'
import type { Vector3 } from '../../core/math/vector.ts'

/** Extents (mm) of places along their principal axes, the longest first. */
export function extentsOf(places: readonly Vector3[]): [number, number, number] {
  const offsets = new Matrix(places.map((place) => [...place])).center('column')
  const { eigenvectorMatrix } = new EigenvalueDecomposition(offsets.transpose().mmul(offsets), {
    assumeSymmetric: true
  })
  const along = offsets.mmul(eigenvectorMatrix)
  const extent = (axis: number): number => {
    const column = along.getColumn(axis)
    return column.reduce((a, b) => Math.max(a, b)) - column.reduce((a, b) => Math.min(a, b))
  }
  // Eigenvalues ascend: the places spread most along the last.
  return [extent(2), extent(1), extent(0)]
}
