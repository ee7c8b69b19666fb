import { z } from 'zod'

/** How the learning rate falls where validation no longer gets better. */
export const plateauSettings = {
  factor: z.number().gt(0).lt(1).default(0.5).describe('what the learning rate is multiplied by at each fall'),
  patience: z.int().min(0).default(10).describe('validations without a better score that are waited for'),
  threshold: z.number().min(0).default(1e-3).describe('least gain of the score that counts as better')
}

const settings = z.strictObject(plateauSettings)

/** State of a plateau schedule, updated by each validation; part of a checkpoint. */
export const plateauState = z.strictObject({
  /** Best score so far; null before the first. */
  best: z.number().nullable(),
  /** Validations since then, or since the last fall. */
  waited: z.int().min(0),
  falls: z.int().min(0)
})

export type PlateauState = z.infer<typeof plateauState>

export const plateauStart: PlateauState = { best: null, waited: 0, falls: 0 }

/** The state after a validation (as PyTorch's ReduceLROnPlateau). @param score higher is better */
export function observe(
  state: PlateauState,
  score: number,
  { patience, threshold }: z.infer<typeof settings>
): PlateauState {
  if (state.best === null || score > state.best + threshold) return { ...state, best: score, waited: 0 }
  const waited = state.waited + 1
  return waited > patience ? { ...state, waited: 0, falls: state.falls + 1 } : { ...state, waited }
}
