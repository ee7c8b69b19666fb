import type { Side } from '../../core/anatomy.ts'
import { softwareVersion } from '../../core/version.ts'
import { type CodedConcept, dcm, lateralityCodes, sct } from '../codes.ts'
import type { Dataset } from '../dicom/encode-dataset.ts'
import { coded, text, uidReference } from './content-item.ts'
import { setByCodes } from './measurement-codes.ts'

/** What the groups of a report have in common (TID 1410, 1411, 1501). */

export const measurementGroup = dcm('125007', 'Measurement Group')
export const finding = dcm('121071', 'Finding')
export const imageRegion = dcm('111030', 'Image Region')
export const comment = dcm('121106', 'Comment')

export function tracking(name: string, uid: string): readonly Dataset[] {
  return [
    text('HAS OBS CONTEXT', dcm('112039', 'Tracking Identifier'), name),
    uidReference('HAS OBS CONTEXT', dcm('112040', 'Tracking Unique Identifier'), uid)
  ]
}

export function site(code: CodedConcept, { side }: { readonly side: Side }): Dataset {
  return coded('CONTAINS', sct('363698007', 'Finding Site'), code, [
    coded('HAS CONCEPT MOD', sct('272741003', 'Laterality'), lateralityCodes[side])
  ])
}

/** How a number was measured, and by which algorithm (TID 1419, 4019). */
export function measuredBy(method: CodedConcept, modelHash: string): readonly Dataset[] {
  return [coded('HAS CONCEPT MOD', sct('370129005', 'Measurement Method'), method), ...algorithm(modelHash)]
}

function algorithm(modelHash: string): readonly Dataset[] {
  return [
    text('HAS CONCEPT MOD', dcm('111001', 'Algorithm Name'), 'otomark'),
    text('HAS CONCEPT MOD', dcm('111003', 'Algorithm Version'), softwareVersion),
    text('HAS CONCEPT MOD', dcm('111002', 'Algorithm Parameters'), `segmenter SHA-256 ${modelHash}`)
  ]
}

/** Says of a group that a person set or corrected what it is about; nothing of what was found alone. */
export function setBy(how: keyof typeof setByCodes.values | undefined): readonly Dataset[] {
  return how === undefined ? [] : [coded('CONTAINS', setByCodes.name, setByCodes.values[how])]
}
