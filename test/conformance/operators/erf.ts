/** Gauss's error function by its power series, 2/√π Σ (−1)ⁿ x²ⁿ⁺¹ / (n! (2n + 1)): float64 accuracy for |x| < 3. */
export function erf(x: number): number {
  let [power, total] = [x, x]
  for (let n = 1; n < 60; n++) {
    power *= (-x * x) / n
    total += power / (2 * n + 1)
  }
  return (2 / Math.sqrt(Math.PI)) * total
}
