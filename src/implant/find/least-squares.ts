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
  const right = Float64Array.from({ length: columns }, (_, i) => normal[i * width + columns] as number)
  const coefficients = cholesky(normal, columns, width)
  const explained = right.reduce((total, value, i) => total + value * (coefficients[i] as number), 0)
  return { coefficients, residual: Math.max(0, squares - explained) }
}

/** Solves the upper triangle of normal equations, a little ridge keeping columns without content at 0. */
function cholesky(normal: Float64Array, columns: number, width: number): Float64Array {
  const at = (i: number, j: number): number => normal[Math.min(i, j) * width + Math.max(i, j)] as number
  const lower = new Float64Array(columns * columns)
  for (let i = 0; i < columns; i++) {
    for (let j = 0; j <= i; j++) {
      let value = at(i, j) + (i === j ? 1e-9 : 0)
      for (let k = 0; k < j; k++) value -= (lower[i * columns + k] as number) * (lower[j * columns + k] as number)
      lower[i * columns + j] = i === j ? Math.sqrt(Math.max(1e-12, value)) : value / (lower[j * columns + j] as number)
    }
  }
  const result = new Float64Array(columns)
  for (let i = 0; i < columns; i++) {
    let value = normal[i * width + columns] as number
    for (let k = 0; k < i; k++) value -= (lower[i * columns + k] as number) * (result[k] as number)
    result[i] = value / (lower[i * columns + i] as number)
  }
  for (let i = columns - 1; i >= 0; i--) {
    let value = result[i] as number
    for (let k = i + 1; k < columns; k++) value -= (lower[k * columns + i] as number) * (result[k] as number)
    result[i] = value / (lower[i * columns + i] as number)
  }
  return result
}
