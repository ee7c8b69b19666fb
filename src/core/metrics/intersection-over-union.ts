import type { Overlap } from './overlap.ts'

/** |P ∩ T| / |P ∪ T| (Jaccard 1912), 0 to 1; 1 when both are empty. */
export function intersectionOverUnion({ both, predicted, truth }: Overlap): number {
  const union = predicted + truth - both
  return union === 0 ? 1 : both / union
}
