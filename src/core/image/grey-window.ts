/** The range of Hounsfield units that is mapped to grey levels; values beyond it are clipped. */
export interface GreyWindow {
  readonly low: number
  readonly high: number
}

/** Where a value lies in a window: 0 at its lower end, 1 at its upper one, less or more outside. */
export function shareOf(hounsfield: number, { low, high }: GreyWindow): number {
  return (hounsfield - low) / (high - low)
}

/** The same, clamped to 0…1. */
export function clampedShareOf(hounsfield: number, window: GreyWindow): number {
  return Math.max(0, Math.min(1, shareOf(hounsfield, window)))
}

/** What a network is shown of a share of its window: −1…1, clamped outside. */
export function networkGrey(share: number): number {
  return Math.max(-1, Math.min(1, 2 * share - 1))
}

/** Hounsfield units as a network is shown them. */
export function networkGreys(hounsfield: Float32Array, window: GreyWindow): Float32Array {
  const greys = new Float32Array(hounsfield.length)
  for (let at = 0; at < greys.length; at++) greys[at] = networkGrey(shareOf(hounsfield[at] as number, window))
  return greys
}
