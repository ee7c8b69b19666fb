import { degrees } from '../../core/math/angle.ts'
import type { Random } from '../../core/math/random.ts'
import { add, distance, dot, norm, scale, subtract, type Vector3 } from '../../core/math/vector.ts'
import { cochlearPlace, createCochlearFrame } from '../../ear/cochlear-coordinates.ts'
import type { ElectrodeArray, Placement } from '../../electrode/array.ts'
import { catalogue, findArray } from '../../electrode/catalogue.ts'
import { activeLength, contactDepths } from '../../electrode/contacts.ts'
import { entranceShare } from '../../electrode/entrance.ts'
import { type LabyrinthShape, type Section, shapeMatrix } from '../anatomy/shape.ts'
import { nearestTurn, sectionAngles } from '../anatomy/winding.ts'
import { leadCourse } from './implant.ts'
import type { Inclusion } from './inclusion.ts'
import { ellipsoid, tube } from './primitives.ts'

/** One contact, the most apical first. */
export interface LaidContact {
  /** Counted from the apex, from 1. */
  readonly order: number
  /** mm; in the ear frame, or in LPS where it says so. */
  readonly position: Vector3
  /** Degrees about the modiolar axis from the round window, going on through the turns; null outside the cochlea. */
  readonly angle: number | null
}

/** An electrode array as it lies in an ear: plain data, which goes into the truth. */
export interface LaidElectrode {
  readonly array: string
  readonly placement: Placement
  /** mm inside the cochlea. */
  readonly insertion: number
  /** mm of the tip that are folded back; 0 mostly. */
  readonly folded: number
  /** Degrees at which it goes from the scala tympani into the scala vestibuli; null mostly. */
  readonly translocated: number | null
  readonly contacts: readonly LaidContact[]
}

/** What was sampled of an array: where it lies, its metal as shapes, and how dense that is (HU). */
export interface SampledElectrode {
  readonly electrode: LaidElectrode
  readonly inclusions: readonly Inclusion[]
  readonly metal: number
}

/** Shares of insertions that are partial, whose tip folds over, and that change the scala. */
const shares = { partial: 0.3, folded: 0.08, translocated: 0.12 }

/** Where across the lumen each kind lies, in semi-axes towards the lateral wall: low and high. */
const across: Readonly<Record<Placement, readonly [number, number]>> = {
  lateral: [0.6, 0.8],
  'mid-scala': [-0.1, 0.25],
  perimodiolar: [-0.6, -0.3]
}

/** Contacts nearer to each other (mm) have no wire between them. */
const shortestWire = 0.01

/** Samples an array of the catalogue, or the one that is named, and lays it into a cochlea. */
export function sampleElectrode(random: Random, shape: LabyrinthShape, id?: string): SampledElectrode {
  const known = catalogue.filter(({ length }) => length !== undefined)
  const array = id === undefined ? random.pick(known) : findArray(id)
  const whole = array.length ?? activeLength(array) + 3
  const insertion = random.chance(shares.partial) ? random.uniform(0.55, 0.95) * whole : whole
  const folded = random.chance(shares.folded) ? random.uniform(2.5, 5) : 0
  const translocated = random.chance(shares.translocated) ? random.uniform(120, 300) : null
  const lie: Lie = {
    placement: array.placement,
    across: random.uniform(...across[array.placement]),
    below: random.uniform(0.15, 0.4),
    translocated
  }
  const inner = courseThrough(shape, lie)
  const outer = straightSteps([shape.roundWindow, ...leadCourse])
  const inserted = Math.min(insertion, lengthOf(inner) - 0.3)
  const turnedBack = inserted - folded
  const places = contactDepths(array, inserted).map((depth): CoursePlace => {
    if (depth < 0) return placeAt(outer, -depth)
    if (depth <= turnedBack) return placeAt(inner, depth)
    const back = placeAt(inner, turnedBack - (depth - turnedBack))
    return { ...back, position: add(back.position, scale(back.inwards, 0.35)) }
  })
  const frame = createCochlearFrame(shape.modiolarAxis, shape.roundWindow)
  const contacts = places.map(
    ({ position, angle }, n): LaidContact => ({
      order: n + 1,
      position,
      angle: angle === null ? null : degrees(nearestTurn(cochlearPlace(frame, position).angle, angle))
    })
  )
  return {
    electrode: { array: array.id, placement: array.placement, insertion: inserted, folded, translocated, contacts },
    inclusions: metalOf(
      random,
      array,
      contacts.map(({ position }) => position)
    ),
    metal: random.uniform(20_000, 45_000)
  }
}

interface Lie {
  readonly placement: Placement
  readonly across: number
  readonly below: number
  readonly translocated: number | null
}

interface CoursePlace {
  readonly position: Vector3
  /** Radians of the section it lies in; null outside. */
  readonly angle: number | null
  /** Unit vector towards the modiolus. */
  readonly inwards: Vector3
}

/** From the round window's middle to the end of the turns. */
function courseThrough(shape: LabyrinthShape, lie: Lie): CoursePlace[] {
  const angles = sectionAngles(shape)
  const places: CoursePlace[] = [{ position: shape.roundWindow, angle: 0, inwards: [0, 0, 0] }]
  let fromWindow: Vector3 | undefined
  for (const [n, section] of shape.cochlea.entries()) {
    const angle = angles[n] as number
    if (angle < 0.05) continue
    const way = entranceShare(lie.placement, degrees(angle))
    const lain = placeIn(section, shape.modiolarAxis.direction, lie, degrees(angle))
    fromWindow ??= subtract(shape.roundWindow, lain)
    places.push({ position: add(lain, scale(fromWindow, 1 - way)), angle, inwards: scale(section.axisA, -1) })
  }
  return places
}

function placeIn(section: Section, up: Vector3, { across: a, below, translocated }: Lie, angle: number): Vector3 {
  const [aa, , bb] = shapeMatrix(section)
  const towardsApex = dot(section.axisB, up) > 0 ? 1 : -1
  const crossed = translocated === null ? 0 : Math.max(0, Math.min(1, (angle - translocated) / 30))
  const level = below * (2 * crossed - 1)
  const offset = add(scale(section.axisA, a * aa), scale(section.axisB, level * bb * towardsApex))
  return add(section.center, offset)
}

function straightSteps(points: readonly Vector3[]): CoursePlace[] {
  return points.map((position) => ({ position, angle: null, inwards: [0, 0, 0] }))
}

function lengthOf(course: readonly CoursePlace[]): number {
  return course
    .slice(1)
    .reduce((sum, { position }, n) => sum + distance(position, (course[n] as CoursePlace).position), 0)
}

/** The place at a length (mm) along a course, or its end. */
function placeAt(course: readonly CoursePlace[], length: number): CoursePlace {
  let left = length
  for (const [n, next] of course.slice(1).entries()) {
    const here = course[n] as CoursePlace
    const way = distance(here.position, next.position)
    if (left <= way) {
      const share = left / way
      const position = add(here.position, scale(subtract(next.position, here.position), share))
      const angle = here.angle === null || next.angle === null ? null : here.angle + share * (next.angle - here.angle)
      return { position, angle, inwards: next.inwards }
    }
    left -= way
  }
  return course.at(-1) as CoursePlace
}

/** Contacts of platinum, the wires that run to them, which grow fewer to the tip, and the lead behind. */
function metalOf(random: Random, { contacts, spacing }: ElectrodeArray, places: readonly Vector3[]): Inclusion[] {
  const size = Math.min(0.3 * spacing, random.uniform(0.17, 0.24))
  const wires = places.slice(1).flatMap((place, n) => {
    const before = places[n] as Vector3
    return norm(subtract(place, before)) < shortestWire ? [] : tube([before, place], 0.025 + (0.045 * n) / contacts)
  })
  const base = places.at(-1) as Vector3
  const metal = { tissue: 'metal', shell: -10, waviness: 0 } as const
  return [
    { name: 'electrode contacts', shapes: places.map((place) => ellipsoid(place, [size, size, size])), ...metal },
    { name: 'electrode wires', shapes: [...wires, ...tube([base, ...leadBehind(base)], 0.12)], ...metal }
  ]
}

/** The lead from an array's base to the receiver, without what the array itself has passed. */
function leadBehind(base: Vector3): Vector3[] {
  const passed = norm(base)
  return leadCourse.filter((place) => norm(place) > passed + 0.5)
}
