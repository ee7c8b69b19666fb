import type { WallPlace } from './cochlear-coordinates.ts'

/**
 * The lateral wall of the mean of 42 bony labyrinths outlined in CT, every 20° about the modiolar axis from the round
 * window to the tube's end: [radius, height above the round window], mm. The last turn was carried by a template there,
 * so its end is known to some 30° in one ear.
 */
const wall: readonly (readonly [radius: number, height: number])[] = [
  [5.78, 0.29],
  [5.05, 0.66],
  [4.51, 0.48],
  [4.11, 0.43],
  [3.83, 0.49],
  [3.62, 0.55],
  [3.45, 0.53],
  [3.33, 0.54],
  [3.26, 0.51],
  [3.22, 0.51],
  [3.17, 0.45],
  [3.1, 0.42],
  [3.02, 0.37],
  [2.96, 0.42],
  [2.91, 0.53],
  [2.79, 0.69],
  [2.6, 0.9],
  [2.39, 1.09],
  [2.23, 1.24],
  [2.14, 1.31],
  [2.08, 1.42],
  [2.05, 1.53],
  [2.02, 1.61],
  [2.01, 1.75],
  [2, 1.86],
  [1.97, 1.94],
  [1.91, 1.97],
  [1.83, 2.03],
  [1.76, 2.07],
  [1.67, 2.14],
  [1.6, 2.21],
  [1.55, 2.28],
  [1.51, 2.37],
  [1.49, 2.4],
  [1.48, 2.45],
  [1.48, 2.51],
  [1.5, 2.54],
  [1.54, 2.59],
  [1.58, 2.68],
  [1.62, 2.74],
  [1.64, 2.8],
  [1.64, 2.87],
  [1.6, 2.92],
  [1.51, 2.97],
  [1.39, 3.02]
]

/** Degrees from one row to the next. */
const rowStep = 20

/** Where the mean spiral ends, degrees from the round window. */
export const meanTotalAngle = 889

/** Height of the mean cochlea from the lateral wall at 180° to the cupula, mm. */
export const meanHeight = 2.97

/** The mean spiral's lateral wall at an angle in degrees from 0 to its end. */
export function meanWall(angle: number): WallPlace {
  const at = Math.min(wall.length - 2, Math.floor(angle / rowStep))
  const share = angle / rowStep - at
  const [a, b] = [wall[at] ?? [0, 0], wall[at + 1] ?? [0, 0]]
  return { radius: a[0] + share * (b[0] - a[0]), height: a[1] + share * (b[1] - a[1]) }
}
