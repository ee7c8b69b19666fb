/** How drawn cases are shared among steps. */
export interface Pool {
  /** Cases in use at the same time. */
  readonly size: number
  /** Samples taken from each case before the next one takes its place. */
  readonly reuse: number
}

/**
 * The case a step takes its sample from. Drawing a case is dear, so each serves `reuse` samples; `size` of them are
 * interleaved so that neighbouring steps see different ears. A pure function of the step, so that a run can be resumed
 * at any of them. The slots change their cases one by one, not all at once, so that the work of drawing is spread.
 */
export function caseOfStep(pool: Pool, step: number): number {
  const slot = step % pool.size
  const turn = Math.floor(step / pool.size)
  const shift = Math.floor((slot * pool.reuse) / pool.size)
  return slot + pool.size * Math.floor((turn + shift) / pool.reuse)
}
