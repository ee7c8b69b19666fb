import type { Scan } from '../../core/volume.ts'
import type { ElectrodeArray } from '../../electrode/array.ts'
import { expectedDuct } from '../../measure/cochlea/cochlear-duct.ts'
import type { MeasuredFinding, MeasuredFindings } from '../../measure/measure-findings.ts'
import { findElectrode } from './find-electrode.ts'
import type { ElectrodeNotFound, FoundElectrode } from './found-electrode.ts'
import { type ElectrodeTurns, placeContacts } from './place-contacts.ts'

/** One ear with what was found of an electrode array in it; absent where there is no metal in the cochlea. */
export interface ImplantedFinding extends MeasuredFinding {
  readonly implant?: FoundElectrode | ElectrodeNotFound
}

/** Measured findings that were searched for electrode arrays. */
export interface ImplantedFindings extends MeasuredFindings {
  readonly ears: readonly ImplantedFinding[]
}

/** What a person says of the electrode array in one ear. */
export interface ElectrodeCorrection {
  /** The array that was implanted; null where nobody named it. */
  readonly array: ElectrodeArray | null
  /** The array as a person left its contacts, which are not searched for any more; null where none was placed by hand. */
  readonly placed: FoundElectrode | null
}

/**
 * Looks for an electrode array in each ear of a scan: along its turns as they were traced, or, where they could not be, as the
 * mean cochlea has them. Contacts that a person placed stay where they are.
 * @param scan Hounsfield units
 * @param given the array that was implanted, where that is known
 * @param corrections what a person said of each ear's array, which goes before what was given
 */
export function findInEars(
  findings: MeasuredFindings,
  scan: Scan,
  given?: ElectrodeArray,
  corrections: readonly (ElectrodeCorrection | undefined)[] = []
): ImplantedFindings {
  return {
    ...findings,
    ears: findings.ears.map((ear, n) => {
      const { array, placed } = corrections[n] ?? { array: null, placed: null }
      const implant = placed === null ? findInEar(ear, scan, array ?? given) : placedIn(ear, placed)
      return implant === undefined ? ear : { ...ear, implant }
    })
  }
}

const expected =
  'The turns could not be traced under the metal: the mean cochlea stands for them, so that angles and frequencies are less certain.'

/** The turns of an ear by which contacts are told. @returns why there are none, as a text */
export function electrodeTurns(ear: MeasuredFinding): ElectrodeTurns | string {
  if (ear.duct !== undefined) return { duct: ear.duct, remarks: [] }
  const duct = expectedDuct(ear)
  return typeof duct === 'string' ? duct : { duct, remarks: [expected] }
}

/** @returns undefined where no array was named and there is no metal in the cochlea, or no place where it would be */
export function findInEar(
  ear: MeasuredFinding,
  scan: Scan,
  given?: ElectrodeArray
): FoundElectrode | ElectrodeNotFound | undefined {
  const turns = electrodeTurns(ear)
  if (typeof turns === 'string') return given && { status: 'not found', reason: turns }
  const found = findElectrode(scan, turns.duct, given)
  if (found?.status !== 'found') return found
  return { ...found, contactRemarks: [...found.contactRemarks, ...turns.remarks] }
}

function placedIn(ear: MeasuredFinding, placed: FoundElectrode): FoundElectrode | ElectrodeNotFound {
  const turns = electrodeTurns(ear)
  return typeof turns === 'string' ? { status: 'not found', reason: turns } : placeContacts(placed, turns)
}
