import { UsageError } from '../../core/errors.ts'
import type { Vector3 } from '../../core/math/vector.ts'
import type { ElectrodeArray } from '../../electrode/array.ts'
import { contactDepths, contactNumbers } from '../../electrode/contacts.ts'
import type { CochlearDuct } from '../../measure/cochlea/cochlear-duct.ts'
import { endOf } from '../lumen.ts'
import { tonotopyOf } from '../tonotopy.ts'
import { diameterAt, layArray } from './lay-array.ts'
import { angleInterval, type EarUncertainty, frequencyInterval, type Interval } from './uncertainty.ts'

/** One contact of a planned array. */
export interface PlannedContact {
  /** Counted from the apex, from 1. */
  readonly order: number
  /** The maker's own number, where it is known how he counts. */
  readonly number?: number
  /** mm along the array from the round window; negative outside the cochlea, where nothing else is said. */
  readonly depth: number
  readonly inside?: {
    /** Degrees about the modiolar axis from the round window; Hz. */
    readonly angle: number
    readonly frequency: number
    /** 90 %; absent where the ear's measurements have none. */
    readonly angleInterval?: Interval
    readonly frequencyInterval?: Interval
    /** LPS mm. */
    readonly position: Vector3
    /** mm from the contact's middle to the bony wall on either side, and the clearance: the height of the scala there. */
    readonly toLateralWall: number
    readonly toModiolus: number
    readonly clearance: number
  }
}

/** What an array would reach. */
export interface Coverage {
  /** Degrees of the most apical contact, and from the most basal one inside to it. */
  readonly angle: number
  readonly span: number
  /** Share of the lateral wall's length from the round window to the most apical contact, %. */
  readonly percent: number
}

/** An array laid into one ear. */
export interface PlannedArray {
  readonly array: ElectrodeArray
  /** mm inside the cochlea, tip included. */
  readonly insertion: number
  /** The most apical contact first. */
  readonly contacts: readonly PlannedContact[]
  /** Undefined where no contact comes inside. */
  readonly coverage: Coverage | undefined
  /** What does not fit, as sentences. */
  readonly remarks: readonly string[]
}

/** An array may exceed the clearance at a contact by this much (mm) before it is remarked to be too thick. */
const slack = 0.05

/**
 * An array laid into a cochlea.
 * @param insertion mm inside the cochlea; without it, all that the catalogue says there is
 * @throws UsageError where nothing says how far it goes in, or more is asked for than there is
 */
export function planArray(
  duct: CochlearDuct,
  array: ElectrodeArray,
  insertion: number | undefined,
  uncertainty: EarUncertainty | undefined
): PlannedArray {
  const inserted = insertionOf(array, insertion)
  const course = layArray(duct, array, inserted)
  const tonotopy = tonotopyOf(duct)
  const contacts = contactDepths(array, inserted).map((depth, n): PlannedContact => {
    const contact = { ...contactNumbers(array, n), depth }
    if (depth < 0 || depth > course.length) return contact
    const angle = course.angleAt(depth)
    const { radius, toLateralWall, toModiolus, clearance } = course.placeAt(angle)
    const angles = uncertainty && angleInterval(uncertainty, depth, course, radius)
    return {
      ...contact,
      inside: {
        angle,
        frequency: tonotopy.frequency(angle),
        ...(uncertainty &&
          angles && {
            angleInterval: angles,
            frequencyInterval: frequencyInterval(uncertainty, angle, angles, (at, longer) =>
              tonotopyOf(duct, longer).frequency(at)
            )
          }),
        position: course.worldAt(angle),
        toLateralWall,
        toModiolus,
        clearance
      }
    }
  })
  return {
    array,
    insertion: inserted,
    contacts,
    coverage: coverageOf(contacts, tonotopy.share),
    remarks: remarksOf(array, inserted, contacts, course.length)
  }
}

function insertionOf(array: ElectrodeArray, insertion: number | undefined): number {
  const chosen = insertion ?? array.length
  if (chosen === undefined) {
    throw new UsageError(`the catalogue does not know how far ${array.model} goes in; give it with --insertion`)
  }
  if (array.length !== undefined && chosen > array.length) {
    throw new UsageError(`--insertion ${chosen}: ${array.model} has ${array.length} mm to insert`)
  }
  return chosen
}

function coverageOf(contacts: readonly PlannedContact[], share: (angle: number) => number): Coverage | undefined {
  const angles = contacts.flatMap(({ inside }) => (inside === undefined ? [] : [inside.angle]))
  if (angles.length === 0) return undefined
  const [most, least] = [Math.max(...angles), Math.min(...angles)]
  return { angle: most, span: most - least, percent: 100 * share(most) }
}

function remarksOf(
  array: ElectrodeArray,
  insertion: number,
  contacts: readonly PlannedContact[],
  length: number
): string[] {
  const remarks: string[] = []
  if (insertion > length) {
    remarks.push(`Too long: the way through this cochlea ends after ${length.toFixed(1)} mm.`)
  }
  const outside = contacts.filter(({ depth }) => depth < 0).length
  if (outside > 0) remarks.push(`${outside} of ${contacts.length} contacts stay outside the cochlea.`)
  if (array.diameter === undefined) {
    remarks.push('Its thickness was not found in a public source: whether it fits the scala is not judged.')
    return remarks
  }
  const tight = contacts.filter(
    ({ depth, inside }) => inside && diameterAt(array, insertion, depth) > inside.clearance + slack
  )
  if (tight.length > 0) {
    const from = Math.min(...tight.map(({ inside }) => inside?.angle ?? 0))
    const first = `from ${from.toFixed(0)}° on`
    remarks.push(`Too thick for the half of the lumen it lies in ${first}: at ${tight.length} contacts.`)
  }
  return remarks
}

/** How far an array must go in for its most apical contact to lie at an angle, and whether it can. */
export interface Target {
  /** Degrees. */
  readonly angle: number
  /** mm; undefined where the turns end before. */
  readonly insertion: number | undefined
  /** Undefined where the array's length is not known. */
  readonly isReached: boolean | undefined
}

/** After so many, the insertion changes by less than 0.01 mm. */
const rounds = 5

/** @param target an angle in degrees, or a share of the lateral wall's length in percent */
export function insertionFor(
  duct: CochlearDuct,
  array: ElectrodeArray,
  target: { readonly angle: number } | { readonly percent: number }
): Target {
  const angle = 'angle' in target ? target.angle : tonotopyOf(duct).angle(target.percent / 100)
  if (angle > endOf(duct)) return { angle, insertion: undefined, isReached: false }
  // How thick a tapering array is at a depth, and so where it lies, depends on how far it goes in.
  let insertion = array.length ?? 25
  for (let round = 0; round < rounds; round++) {
    insertion = layArray(duct, array, insertion).depthAt(angle) + (array.tip ?? 0)
  }
  return { angle, insertion, isReached: array.length === undefined ? undefined : insertion <= array.length }
}
