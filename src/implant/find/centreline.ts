import { degrees } from '../../core/math/angle.ts'
import { median } from '../../core/math/quantile.ts'
import { add, distance, normalize, scale, subtract, type Vector3 } from '../../core/math/vector.ts'
import { cochlearPlace } from '../../ear/cochlear-coordinates.ts'
import type { CochlearDuct } from '../../measure/cochlea/cochlear-duct.ts'
import { inWorld } from '../lumen.ts'
import type { CoursePlace } from './course.ts'
import { leadFrom } from './lead.ts'
import type { Metal } from './metal.ts'

/** A place of a line along an array's metal. */
export interface LinePlace {
  /** LPS mm. */
  readonly place: Vector3
  /** Degrees from the round window; null outside the cochlea. */
  readonly angle: number | null
}

/** Weight of a place without metal, mm². */
const minWeight = 0.0005

/** SD of the Gaussian weights by which a centreline is smoothed: mm, plus voxels. */
const smoothing = { mm: 0.3, voxels: 1.25 }

/**
 * An array enters at the first place with this share of the median metal near the round window, at the latest at this angle (°):
 * before that it passes farther from the axis than the course is looked for.
 */
const entry = { share: 0.1, until: 45 }

/** A lead is outside the cochlea farther from the axis than the round window and so much more (mm). */
const beyondWindow = 3

/** The direction in which an array enters is taken over this distance (mm). */
const beginning = 0.8

/**
 * From this distance (mm) to the modiolar axis on a line is continued straight, by `length` (mm). Turning on about the axis it would
 * stay within the blur of the last contact, and the tip would seem to lie deeper than it does.
 */
const axis = { radius: 0.3, length: 4 }

/**
 * Centreline of an array's metal, the outer end first: its lead outside the cochlea, the smoothed course through the turns, and on
 * beyond the tip.
 * @param edge longest edge of the scan's voxels, mm
 * @returns no places where no direction of entry can be determined
 */
export function centrelineOf(
  metal: Metal,
  duct: CochlearDuct,
  course: readonly CoursePlace[],
  edge: number
): readonly LinePlace[] {
  const inner = smoothCourse(duct, fromEntry(course), smoothing.mm + smoothing.voxels * edge)
  const [first] = inner
  const along = inner.find(({ place }) => first !== undefined && distance(place, first.place) > beginning)
  if (first === undefined || along === undefined) return []
  const lead = leadFrom(metal, first.place, subtract(first.place, along.place))
  return [...withAngles(lead, first.angle, duct), ...straightAtAxis(inner, duct)]
}

function fromEntry(course: readonly CoursePlace[]): readonly CoursePlace[] {
  const early = course.filter(({ angle }) => angle <= 2 * entry.until).map(({ mass }) => mass)
  if (early.length === 0) return course
  const least = entry.share * median(early)
  return course.slice(course.findIndex(({ mass, angle }) => mass >= least || angle >= entry.until))
}

/** A place inside the cochlea. */
interface InnerPlace extends LinePlace {
  readonly angle: number
}

/** Local linear regression of radius and height along the course, weighted by metal. @param sd of the Gaussian weights, mm */
function smoothCourse(duct: CochlearDuct, course: readonly CoursePlace[], sd: number): InnerPlace[] {
  const raw = course.map((place) => inWorld(duct, place.angle, place))
  const lengths: number[] = [0]
  for (const [n, place] of raw.slice(1).entries()) {
    lengths.push((lengths[n] as number) + distance(place, raw[n] as Vector3))
  }
  return course.map(({ angle }, n) => {
    const here = lengths[n] as number
    let [w0, w1, w2, r0, r1, h0, h1] = [0, 0, 0, 0, 0, 0, 0]
    for (const [m, { mass, radius, height }] of course.entries()) {
      const off = (lengths[m] as number) - here
      if (Math.abs(off) > 3 * sd) continue
      const weight = (mass + minWeight) * Math.exp(-0.5 * (off / sd) ** 2)
      w0 += weight
      w1 += weight * off
      w2 += weight * off * off
      r0 += weight * radius
      r1 += weight * off * radius
      h0 += weight * height
      h1 += weight * off * height
    }
    // Ridge regression: keeps the slope small where only few places have weight.
    const ridge = w2 + 0.02 * w0
    const determinant = w0 * ridge - w1 * w1
    const place = { radius: (ridge * r0 - w1 * r1) / determinant, height: (ridge * h0 - w1 * h1) / determinant }
    return { place: inWorld(duct, angle, place), angle }
  })
}

/**
 * A lead's places, the farthest first, with their angles as far as they lie beyond the round window.
 * @param from angle (°) of its inner end
 */
function withAngles(lead: readonly Vector3[], from: number, duct: CochlearDuct): LinePlace[] {
  const line: LinePlace[] = []
  let before: number | null = from
  for (const place of lead.toReversed()) {
    const { angle: turned, radius } = cochlearPlace(duct.frame, place)
    const angle = degrees(turned)
    const isNear = radius <= duct.roundWindowRadius + beyondWindow
    before = before !== null && isNear && angle >= 0 && angle <= before ? angle : null
    line.unshift({ place, angle: before })
  }
  return line
}

function straightAtAxis(line: readonly InnerPlace[], duct: CochlearDuct): readonly InnerPlace[] {
  const near = line.findIndex(({ place }) => cochlearPlace(duct.frame, place).radius < axis.radius)
  const [last, before] = [line[near - 1], line[near - 2]]
  if (last === undefined || before === undefined) return line
  const direction = normalize(subtract(last.place, before.place))
  return [...line.slice(0, near), { ...last, place: add(last.place, scale(direction, axis.length)) }]
}
