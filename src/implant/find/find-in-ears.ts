import type { Scan } from '../../core/volume.ts'
import type { ElectrodeArray } from '../../electrode/array.ts'
import { expectedDuct } from '../../measure/cochlea/cochlear-duct.ts'
import type { MeasuredFinding, MeasuredFindings } from '../../measure/measure-findings.ts'
import { type ElectrodeNotFound, type FoundElectrode, findElectrode } from './find-electrode.ts'

/** One ear with what was found of an electrode array in it; absent where there is no metal in the cochlea. */
export interface ImplantedFinding extends MeasuredFinding {
  readonly implant?: FoundElectrode | ElectrodeNotFound
}

/** Measured findings that were searched for electrode arrays. */
export interface ImplantedFindings extends MeasuredFindings {
  readonly ears: readonly ImplantedFinding[]
}

/**
 * Looks for an electrode array in each ear of a scan: along its turns as they were traced, or, where they could not be, as the
 * mean cochlea has them.
 * @param scan Hounsfield units
 * @param given the array that was implanted, where that is known
 */
export function findInEars(findings: MeasuredFindings, scan: Scan, given?: ElectrodeArray): ImplantedFindings {
  return {
    ...findings,
    ears: findings.ears.map((ear) => {
      const implant = findInEar(ear, scan, given)
      return implant === undefined ? ear : { ...ear, implant }
    })
  }
}

const expected =
  'The turns could not be traced under the metal: the mean cochlea stands for them, so that angles and frequencies are less certain.'

/** @returns undefined where no array was named and there is no metal in the cochlea, or no place where it would be */
export function findInEar(
  ear: MeasuredFinding,
  scan: Scan,
  given?: ElectrodeArray
): FoundElectrode | ElectrodeNotFound | undefined {
  if (ear.duct !== undefined) return findElectrode(scan, ear.duct, given)
  const duct = expectedDuct(ear)
  if (typeof duct === 'string') return given && { status: 'not found', reason: duct }
  const found = findElectrode(scan, duct, given)
  return found?.status === 'found' ? { ...found, remarks: [...found.remarks, expected] } : found
}
