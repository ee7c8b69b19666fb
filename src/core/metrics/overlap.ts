/** Voxels of two masks on one grid. */
export interface Overlap {
  readonly both: number
  readonly predicted: number
  readonly truth: number
}

/** Counts the voxels for whose label `isPart` holds, in either map and in both. */
export function countOverlap(
  predicted: Uint8Array,
  truth: Uint8Array,
  isPart: (label: number) => boolean = (label) => label !== 0
): Overlap {
  let [both, inPredicted, inTruth] = [0, 0, 0]
  for (let at = 0; at < truth.length; at++) {
    const [p, t] = [isPart(predicted[at] as number), isPart(truth[at] as number)]
    if (p) inPredicted++
    if (t) inTruth++
    if (p && t) both++
  }
  return { both, predicted: inPredicted, truth: inTruth }
}
