/**
 * The distribution function of Student's t with a whole number of degrees of freedom, by the finite series of Abramowitz
 * and Stegun 1964, 26.7.3 and 26.7.4.
 * @param degrees of freedom, at least 1
 */
export function studentT(t: number, degrees: number): number {
  const angle = Math.atan(t / Math.sqrt(degrees))
  const [sine, square] = [Math.sin(angle), Math.cos(angle) ** 2]
  const isOdd = degrees % 2 === 1
  // Σ of products of even (odd) numbers over odd (even) ones, times powers of the cosine.
  let term = isOdd ? Math.cos(angle) : 1
  let sum = degrees === 1 ? 0 : term
  for (let n = isOdd ? 2 : 1; n <= degrees - 3; n += 2) {
    term *= (square * n) / (n + 1)
    sum += term
  }
  const within = isOdd ? (2 / Math.PI) * (angle + sine * sum) : sine * sum
  return 0.5 + within / 2
}

/** The t below which a share of the distribution lies, by bisection of {@link studentT}. @param share between 0 and 1 */
export function studentTQuantile(share: number, degrees: number): number {
  let high = 1
  while (studentT(high, degrees) < share || studentT(-high, degrees) > share) high *= 2
  let low = -high
  for (let halving = 0; halving < 80; halving++) {
    const middle = (low + high) / 2
    if (studentT(middle, degrees) < share) low = middle
    else high = middle
  }
  return (low + high) / 2
}
