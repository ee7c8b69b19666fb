import type { Overlap } from './overlap.ts'

/** 1 − ||P| − |T|| / (|P| + |T|) (Taha & Hanbury 2015): how alike the volumes are, wherever they lie; 1 when both are empty. */
export function volumetricSimilarity({ predicted, truth }: Overlap): number {
  return predicted + truth === 0 ? 1 : 1 - Math.abs(predicted - truth) / (predicted + truth)
}
