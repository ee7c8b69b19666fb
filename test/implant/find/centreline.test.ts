import { describe, expect, it } from 'vitest'
import { degrees } from '../../../src/core/math/angle.ts'
import { add, distance, normalize, scale, subtract, type Vector3 } from '../../../src/core/math/vector.ts'
import { cochlearPlace } from '../../../src/ear/cochlear-coordinates.ts'
import { centrelineOf, type LinePlace } from '../../../src/implant/find/centreline.ts'
import type { CoursePlace } from '../../../src/implant/find/course.ts'
import { type Metal, scaleEnd } from '../../../src/implant/find/metal.ts'
import { inWorld } from '../../../src/implant/lumen.ts'
import { knownDuct } from '../known-duct.ts'

const duct = knownDuct()

/** Metal along a line of places, with a Gaussian cross-section (SD 0.3 mm). */
function metalAlong(places: readonly Vector3[]): Metal {
  const share = (x: number, y: number, z: number): number =>
    Math.exp(-0.5 * (Math.min(...places.map((place) => distance(place, [x, y, z]))) / 0.3) ** 2)
  return { share, at: (x, y, z) => 100 + (scaleEnd - 100) * share(x, y, z), threshold: 2000, volume: 5 }
}

/** A course that winds to a radius of 0.5 mm at its tip, and then on about the axis in the blur of the last contact. */
function windingCourse(tip: number): CoursePlace[] {
  return Array.from({ length: 300 }, (_, n): CoursePlace => {
    const angle = 3 * n
    const radius = angle < tip ? 4 - (3.5 * angle) / tip : Math.max(0.05, 0.5 - (0.004 * (angle - tip)) / 3)
    return { angle, radius, height: Math.min(angle, tip) / 400, mass: angle < tip ? 1 : 0.6 }
  })
}

const placeOn = (course: readonly CoursePlace[]): Vector3[] => course.map((at) => inWorld(duct, at.angle, at))

describe('the centreline of an array', () => {
  it('goes straight on where its tip lies beside the modiolar axis, and leaves the metal', () => {
    const tip = 600
    const course = windingCourse(tip)
    const inside = course.filter(({ angle }) => angle <= tip)
    const line = centrelineOf(metalAlong(placeOn(inside)), duct, course, 0.5)
    const end = placeOn(inside).at(-1) as Vector3
    expect(Math.min(...line.map(({ place }) => distance(place, end)))).toBeLessThan(0.35)
    expect(distance((line.at(-1) as LinePlace).place, end)).toBeGreaterThan(3)
  })

  it('begins where the array enters, and has angles from the round window on', () => {
    const course = windingCourse(600).map((at) => (at.angle < 24 ? { ...at, mass: 0 } : at))
    // The array comes in along a straight line, farther from the axis than the course.
    const enters = inWorld(duct, 24, course[8] as CoursePlace)
    const before = inWorld(duct, 30, course[10] as CoursePlace)
    const direction = normalize(subtract(enters, before))
    const outer = Array.from({ length: 50 }, (_, n) => add(enters, scale(direction, 0.1 * n)))
    const metal = metalAlong([...outer, ...placeOn(course.slice(8, 201))])
    const line = centrelineOf(metal, duct, course, 0.3)
    for (const place of outer.slice(5, 40)) {
      expect(Math.min(...line.map((at) => distance(at.place, place)))).toBeLessThan(0.25)
    }
    const first = line.findIndex(({ angle }) => angle !== null)
    expect(line.slice(first).every(({ angle }) => angle !== null)).toBe(true)
    expect(line[first]?.angle).toBeGreaterThanOrEqual(0)
    expect(line[first]?.angle).toBeLessThan(6)
    for (const { place, angle } of line.slice(first, first + 10)) {
      expect(degrees(cochlearPlace(duct.frame, place).angle)).toBeCloseTo(angle as number, 6)
    }
  })

  it('has no places where there is no course', () => {
    expect(centrelineOf(metalAlong([[0, 0, 0]]), duct, [], 0.3)).toEqual([])
  })
})
