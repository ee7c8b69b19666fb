import { add, dot, norm, scale, subtract, type Vector3 } from '../../core/math/vector.ts'
import type { Axis } from '../../ear/cochlear-coordinates.ts'
import { createSection, type Section, shapeMatrix } from './shape.ts'

/**
 * Least bone between neighbouring turns, mm. In the ears of the population it falls from 0.8 mm at the base to 0.15 mm
 * between the second turn and the third.
 */
const minSeptum = 0.12

/** Least distance of a turn's wall from the modiolar axis, mm; it dwindles within the last turn before the helicotrema. */
const minModiolus = 0.2

/** Sections this much farther along the spiral (radians) lie in the next turn. */
const turnApart = 1.5 * Math.PI

/** Share of the missing bone that an upper turn gains by lying farther up; the rest both walls give. */
const rise = 0.2

/** Least semi-axis (mm) that is left of a section. */
const minSemiAxis = 0.3
const rounds = 3

/** How far (mm) and from which direction a section's wall must move back, and the share it gains by lying farther off. */
interface Facing {
  readonly missing: number
  readonly direction: Vector3
  readonly rise: number
}

/**
 * Keeps bone between the turns of a cochlea and in its modiolus: where two walls come nearer to each other than the
 * septum, or one to the axis than the modiolus is thick, they move back, and the rest of the sections stays.
 * @param angles of the sections about the modiolar axis, radians
 */
export function keepSeptum(tube: readonly Section[], angles: readonly number[], axis: Axis): Section[] {
  const end = angles.at(-1) as number
  let sections = tube.map((section, n) => {
    const modiolus = minModiolus * Math.max(0, Math.min(1, (end - (angles[n] as number)) / Math.PI - 0.75))
    return movedBack(section, towardsAxis(section, axis, modiolus))
  })
  for (let round = 0; round < rounds; round++) {
    const facing = facingTurns(sections, angles)
    sections = sections.map((section, n) => movedBack(section, facing[n] as Facing))
  }
  return sections
}

/** For every section, the section of another turn that is nearest to it. */
function facingTurns(sections: readonly Section[], angles: readonly number[]): Facing[] {
  const nearest = sections.map((): Facing => ({ missing: 0, direction: [0, 0, 0], rise: 0 }))
  for (const [n, upper] of sections.entries()) {
    for (let m = 0; m < n && (angles[n] as number) - (angles[m] as number) > turnApart; m++) {
      const lower = sections[m] as Section
      if (squaredDistance(upper, lower) > (upper.reach + lower.reach + minSeptum) ** 2) continue
      const { gap, direction } = gapBetween(upper, lower)
      const missing = minSeptum - gap
      if (missing / 2 > (nearest[n] as Facing).missing) nearest[n] = { missing: missing / 2, direction, rise }
      if (missing / 2 > (nearest[m] as Facing).missing) {
        nearest[m] = { missing: missing / 2, direction: scale(direction, -1), rise: 0 }
      }
    }
  }
  return nearest
}

function squaredDistance({ center: [x, y, z] }: Section, { center: [u, v, w] }: Section): number {
  return (x - u) ** 2 + (y - v) ** 2 + (z - w) ** 2
}

function towardsAxis(section: Section, { point, direction }: Axis, modiolus: number): Facing {
  const offset = subtract(section.center, point)
  const radial = subtract(offset, scale(direction, dot(offset, direction)))
  const inward = scale(radial, -1 / norm(radial))
  return { missing: modiolus - (norm(radial) - reachTowards(section, inward)), direction: inward, rise: 0 }
}

/** Bone (mm, negative where they overlap) between two sections along the line from the first's middle to the other's. */
export function gapBetween(from: Section, to: Section): { gap: number; direction: Vector3 } {
  const offset = subtract(to.center, from.center)
  const length = Math.sqrt(dot(offset, offset))
  const direction = scale(offset, 1 / length)
  return { gap: length - reachTowards(from, direction) - reachTowards(to, direction), direction }
}

/** How far an elliptic section reaches in a direction: to its tangent there. */
function reachTowards(section: Section, direction: Vector3): number {
  const [aa, ab, bb] = shapeMatrix(section)
  const [a, b] = [dot(section.axisA, direction), dot(section.axisB, direction)]
  return Math.hypot(aa * a + ab * b, ab * a + bb * b)
}

/** The section with its wall in a direction moved back, while the opposite wall stays or moves by its rise. */
function movedBack(section: Section, { missing, direction, rise }: Facing): Section {
  const [a, b] = [dot(section.axisA, direction), dot(section.axisB, direction)]
  const length = Math.hypot(a, b)
  if (missing <= 0 || length < 1e-6) return section
  const [u, v] = [a / length, b / length]
  const [aa, ab, bb] = shapeMatrix(section)
  const semiAxis = aa * u * u + 2 * ab * u * v + bb * v * v
  const less = Math.min(((1 - rise) * missing) / 2, Math.max(0, semiAxis - minSemiAxis))
  const inward = add(scale(section.axisA, u), scale(section.axisB, v))
  return createSection({ ...section, center: subtract(section.center, scale(inward, less + rise * missing)) }, [
    aa - less * u * u,
    ab - less * u * v,
    bb - less * v * v
  ])
}
