import type { Scan } from '../../core/volume.ts'
import type { ElectrodeArray } from '../../electrode/array.ts'
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
 * Looks for an electrode array in each ear of a scan whose turns could be traced.
 * @param scan Hounsfield units
 * @param given the array that was implanted, where that is known
 */
export function findInEars(findings: MeasuredFindings, scan: Scan, given?: ElectrodeArray): ImplantedFindings {
  return {
    ...findings,
    ears: findings.ears.map((ear) => {
      const implant = ear.duct && findElectrode(scan, ear.duct, given)
      return implant === undefined ? ear : { ...ear, implant }
    })
  }
}
