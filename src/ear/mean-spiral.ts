import type { WallPlace } from './cochlear-coordinates.ts'
import data from './mean-cochlea.json' with { type: 'json' }

/**
 * The lateral wall of the mean of 42 bony labyrinths outlined in CT, every 20° about the modiolar axis from the round
 * window to the tube's end: [radius, height above the round window], mm. The last turn was carried by a template there,
 * so its end is known to some 30° in one ear.
 */
const wall = data.wall as unknown as readonly (readonly [radius: number, height: number])[]

/** Degrees from one row to the next. */
const { rowStep } = data

/** Where the mean spiral ends, degrees from the round window. */
export const meanTotalAngle = data.totalAngle

/** Height of the mean cochlea from the lateral wall at 180° to the cupula, mm. */
export const meanHeight = data.height

/** The mean spiral's lateral wall at an angle in degrees from 0 to its end. */
export function meanWall(angle: number): WallPlace {
  const at = Math.min(wall.length - 2, Math.floor(angle / rowStep))
  const share = angle / rowStep - at
  const [a, b] = [wall[at] ?? [0, 0], wall[at + 1] ?? [0, 0]]
  return { radius: a[0] + share * (b[0] - a[0]), height: a[1] + share * (b[1] - a[1]) }
}
