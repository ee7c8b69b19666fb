import type { Overlap } from './overlap.ts'

/** 2 |P ∩ T| / (|P| + |T|) (Dice 1945), 0 to 1; 1 when both are empty. */
export function dice({ both, predicted, truth }: Overlap): number {
  return predicted + truth === 0 ? 1 : (2 * both) / (predicted + truth)
}
