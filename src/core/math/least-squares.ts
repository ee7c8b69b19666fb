import { CholeskyDecomposition, Matrix } from 'ml-matrix'

/**
 * Weighted linear least squares by the normal equations.
 * @param rows number of observations, and of coefficients in each
 * @param fill writes the regressors of an observation and returns its weight
 * @returns coefficients and the weighted sum of squares that they leave unexplained
 */
export function solve(
  rows: number,
  columns: number,
  observed: Float64Array,
  fill: (row: number, regressors: Float64Array) => number
): { readonly coefficients: Float64Array; readonly residual: number } {
  const width = columns + 1
  const normal = new Float64Array(columns * width)
  const row = new Float64Array(columns)
  let squares = 0
  for (let n = 0; n < rows; n++) {
    const value = observed[n] as number
    const weight = fill(n, row)
    squares += weight * value * value
    for (let i = 0; i < columns; i++) {
      const x = weight * (row[i] as number)
      for (let j = i; j < columns; j++) {
        normal[i * width + j] = (normal[i * width + j] as number) + x * (row[j] as number)
      }
      normal[i * width + columns] = (normal[i * width + columns] as number) + x * value
    }
  }
  const coefficients = solved(normal, columns, width)
  const explained = coefficients.reduce((total, value, i) => total + value * (normal[i * width + columns] as number), 0)
  return { coefficients, residual: Math.max(0, squares - explained) }
}

/** Added to the diagonal: coefficients of columns without content are 0. */
const ridge = 1e-9

/** Solves normal equations that are given as their upper triangle and, in the last column, the right side. */
function solved(normal: Float64Array, columns: number, width: number): Float64Array {
  const at = (i: number, j: number): number => normal[Math.min(i, j) * width + Math.max(i, j)] as number
  const matrix = Matrix.zeros(columns, columns)
  for (let i = 0; i < columns; i++) {
    for (let j = 0; j < columns; j++) matrix.set(i, j, at(i, j) + (i === j ? ridge : 0))
  }
  const right = Matrix.columnVector(Array.from({ length: columns }, (_, i) => normal[i * width + columns] as number))
  return Float64Array.from(new CholeskyDecomposition(matrix).solve(right).to1DArray())
}
