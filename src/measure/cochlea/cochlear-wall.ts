import { mean } from '../../core/math/mean.ts'
import { alongRadius, type CochlearFrame, placeOf, type WallPlace } from '../../ear/cochlear-coordinates.ts'

/**
 * How far a place (ear frame, mm) is inside the cochlea: positive inside, negative outside, 0 at the wall. Its coordinates
 * are no array, since an array for each of a million places costs more than the rest.
 */
export type Inside = (x: number, y: number, z: number) => number

const step = 0.1
const farthest = 6.5
const heights = { low: -2.5, high: 2.5 }
/** Heights at which the wall is nearer to the axis than its greatest radius by more than this (mm) do not count. */
const outer = 0.3

/**
 * The lateral wall of the basal turn at an angle: the inside's greatest radius over all heights near the round window's,
 * and the middle of the heights that reach to within 0.3 mm of it.
 * @returns undefined where the ray meets no cochlea
 */
export function lateralWall(inside: Inside, frame: CochlearFrame, angle: number): WallPlace | undefined {
  const profile: WallPlace[] = []
  let greatest = 0
  for (let height = heights.low; height <= heights.high; height += step) {
    const radius = outermost(alongRadius(inside, frame, angle, height), farthest, greatest - outer)
    if (radius === undefined) continue
    profile.push({ radius, height })
    greatest = Math.max(greatest, radius)
  }
  if (profile.length === 0) return undefined
  const reaching = profile.filter(({ radius }) => radius > greatest - outer)
  return { radius: greatest, height: mean(reaching.map(({ height }) => height)) }
}

/** The inside's greatest radius at an angle (radians) over heights within 0.3 mm of one, looked for below `start` (mm). */
export function wallRadiusNear(
  inside: Inside,
  frame: CochlearFrame,
  angle: number,
  middle: number,
  start: number
): number | undefined {
  let greatest: number | undefined
  for (const off of [-0.3, -0.15, 0, 0.15, 0.3]) {
    const radius = outermost(alongRadius(inside, frame, angle, middle + off), start, greatest)
    if (radius !== undefined && (greatest === undefined || radius > greatest)) greatest = radius
  }
  return greatest
}

/** Greatest height of the inside near the axis: the cupula. */
export function cupulaHeight(inside: Inside, frame: CochlearFrame): number | undefined {
  const [x, y, z] = frame.axis.direction
  let highest: number | undefined
  for (let radius = 0; radius <= 1.5; radius += 0.3) {
    for (let turn = 0; turn < 12; turn++) {
      const angle = (turn * Math.PI) / 6
      const foot = placeOf(frame, { radius, angle, height: 0 })
      const along = (mm: number): number => inside(foot[0] + x * mm, foot[1] + y * mm, foot[2] + z * mm)
      const top = outermost(along, farthest, highest)
      if (top !== undefined && (highest === undefined || top > highest)) highest = top
    }
  }
  return highest
}

/**
 * The greatest argument up to `start` at which a function is 0 or more; linear between steps.
 * @param least arguments up to it are not looked for
 */
function outermost(value: (at: number) => number, start: number, least = 0): number | undefined {
  let beyond = value(start)
  if (beyond >= 0) return start
  for (let at = start - step; at >= Math.max(0, least - step); at -= step) {
    const here = value(at)
    if (here >= 0) return at + (step * here) / (here - beyond)
    beyond = here
  }
  return undefined
}
