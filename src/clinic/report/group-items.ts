import type { Side } from '../../core/anatomy.ts'
import { softwareVersion } from '../../core/version.ts'
import { type CodedConcept, dicomConcepts, itemCodes, lateralityCodes } from '../codes.ts'
import type { Dataset } from '../dicom/encode-dataset.ts'
import { coded, text, uidReference } from './content-item.ts'
import { setByCodes } from './measurement-codes.ts'

/** What the groups of a report have in common (TID 1410, 1411, 1501). */

export const measurementGroup = dicomConcepts.measurementGroup
export const finding = dicomConcepts.finding
export const imageRegion = dicomConcepts.imageRegion
export const comment = dicomConcepts.comment

export function tracking(name: string, uid: string): readonly Dataset[] {
  return [
    text('HAS OBS CONTEXT', dicomConcepts.trackingIdentifier, name),
    uidReference('HAS OBS CONTEXT', dicomConcepts.trackingUniqueIdentifier, uid)
  ]
}

export function site(code: CodedConcept, { side }: { readonly side: Side }): Dataset {
  return coded('CONTAINS', itemCodes.findingSite, code, [
    coded('HAS CONCEPT MOD', itemCodes.laterality, lateralityCodes[side])
  ])
}

/** How a number was measured, and by which algorithm (TID 1419, 4019). */
export function measuredBy(method: CodedConcept, modelHash: string): readonly Dataset[] {
  return [coded('HAS CONCEPT MOD', itemCodes.measurementMethod, method), ...algorithm(modelHash)]
}

function algorithm(modelHash: string): readonly Dataset[] {
  return [
    text('HAS CONCEPT MOD', dicomConcepts.algorithmName, 'otomark'),
    text('HAS CONCEPT MOD', dicomConcepts.algorithmVersion, softwareVersion),
    text('HAS CONCEPT MOD', dicomConcepts.algorithmParameters, `segmenter SHA-256 ${modelHash}`)
  ]
}

/** The item of a group that says whether a person set or corrected its contents; none if otomark alone made them. */
export function setBy(how: keyof typeof setByCodes.values | undefined): readonly Dataset[] {
  return how === undefined ? [] : [coded('CONTAINS', setByCodes.name, setByCodes.values[how])]
}
