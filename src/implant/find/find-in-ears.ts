import type { Scan } from '../../core/volume.ts'
import type { ElectrodeArray } from '../../electrode/array.ts'
import { assertScan } from '../../io/check-scan.ts'
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

/** Corrections of the electrode array in one ear, made by a person. */
export interface ElectrodeCorrection {
  /** The array that was implanted; null where nobody named it. */
  readonly array: ElectrodeArray | null
  /** The array with contacts placed by hand, which is then not searched for again; null where none was. */
  readonly placed: FoundElectrode | null
}

/**
 * Looks for an electrode array in each ear of a scan: along its traced turns, or, where those could not be traced, along the turns of
 * the mean cochlea. Contacts that a person placed keep their places.
 * @param scan Hounsfield units
 * @param given the array that was implanted, where that is known
 * @param corrections of each ear; an array named there takes precedence over `given`
 * @throws InputError when the scan's voxels are of another type, do not fill its grid or are not finite
 *
 * @example
 * ```ts
 * import { findElectrodes, type MeasuredFindings, type Scan } from 'otomark'
 *
 * function printContacts(findings: MeasuredFindings, scan: Scan) {
 *   for (const { implant } of findElectrodes(findings, scan).ears) {
 *     if (implant?.status === 'found') for (const { position, inside } of implant.contacts) console.log(position, inside?.angle)
 *   }
 * }
 * ```
 */
export function findElectrodes(
  findings: MeasuredFindings,
  scan: Scan,
  given?: ElectrodeArray,
  corrections: readonly (ElectrodeCorrection | undefined)[] = []
): ImplantedFindings {
  assertScan('the scan to search for electrodes', scan)
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
  'The turns could not be traced under the metal: those of the mean cochlea were taken, so that angles and frequencies are less certain.'

/** The turns of an ear, which give contacts their angles. @returns the reason, as a text, where there are none */
export function electrodeTurns(ear: MeasuredFinding): ElectrodeTurns | string {
  if (ear.duct !== undefined) return { duct: ear.duct, remarks: [] }
  const duct = expectedDuct(ear)
  return typeof duct === 'string' ? duct : { duct, remarks: [expected] }
}

/** @returns undefined where no array was named and there is no metal in the cochlea, or its turns are unknown */
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
