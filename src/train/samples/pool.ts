/** How drawn cases are shared among steps. */
export interface Pool {
  /** Cases in use at the same time. */
  readonly size: number
  /** Samples taken from each case once the pool is full, and steps from one new case to the next. */
  readonly reuse: number
}

/**
 * The case a step takes its sample from. Drawing a case is dear, so a new one comes only with every `reuse`-th step and
 * gives `reuse` samples; `size` of them are interleaved so that neighbouring steps see different ears. Until as many have
 * come, those that are there serve in turn and more often: the engine need not wait for a whole pool to be drawn.
 * A pure function of the step, so that a run can be resumed at any of them.
 */
export function caseOfStep({ size, reuse }: Pool, step: number): number {
  const newest = Math.floor(step / reuse)
  const oldest = Math.max(0, newest - size + 1)
  return oldest + ((step - oldest) % (newest - oldest + 1))
}

/** The place a case takes in the pool, from the one that goes. */
export function slotOf({ size }: Pool, index: number): number {
  return index % size
}
