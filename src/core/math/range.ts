/** Evenly spaced values from the first to at most the last; at least the first. */
export function range(from: number, to: number, step: number): number[] {
  return Array.from({ length: Math.max(1, Math.floor((to - from) / step + 1e-6) + 1) }, (_, n) => from + n * step)
}
