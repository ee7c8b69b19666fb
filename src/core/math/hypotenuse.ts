/** √(x² + y²). Math.hypot, which guards against overflow, is many times slower. */
export function hypotenuse(x: number, y: number): number {
  return Math.sqrt(x * x + y * y)
}
