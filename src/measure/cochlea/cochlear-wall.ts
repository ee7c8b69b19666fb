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

/**
 * The lateral wall of the basal turn at an angle: the inside's greatest radius over all heights near the round window's,
 * and the middle of the heights that reach to within 0.3 mm of it.
 * @returns undefined where the ray meets no cochlea
 */
export function lateralWall(inside: Inside, frame: CochlearFrame, angle: number): WallPlace | undefined {
  const profile: WallPlace[] = []
  for (let height = heights.low; height <= heights.high; height += step) {
    const radius = outermost(alongRadius(inside, frame, angle, height), farthest)
    if (radius !== undefined) profile.push({ radius, height })
  }
  if (profile.length === 0) return undefined
  const radius = Math.max(...profile.map((place) => place.radius))
  const outer = profile.filter((place) => place.radius > radius - 0.3)
  return { radius, height: mean(outer.map((place) => place.height)) }
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
    const radius = outermost(alongRadius(inside, frame, angle, middle + off), start)
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
      const top = outermost(along, farthest)
      if (top !== undefined && (highest === undefined || top > highest)) highest = top
    }
  }
  return highest
}

/** The greatest argument at which a function is 0 or more, below `start`; linear between steps. */
function outermost(value: (at: number) => number, start: number): number | undefined {
  let beyond = value(start)
  for (let at = start - step; at >= 0; at -= step) {
    const here = value(at)
    if (here >= 0) return at + (step * here) / (here - beyond)
    beyond = here
  }
  return undefined
}
