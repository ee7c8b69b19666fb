import { partLabel } from '../../core/anatomy.ts'
import { type CodedConcept, dicomConcepts, innerEar, partCodes, unitCodes } from '../codes.ts'
import type { Dataset } from '../dicom/encode-dataset.ts'
import type { ResultContext } from '../dicom/modules.ts'
import { coded, container, numeric, point, text } from './content-item.ts'
import type { ReportedArray, ReportedContact, ReportedEar, ReportedElectrode } from './contents.ts'
import { finding, imageRegion, measuredBy, measurementGroup, setBy, site, tracking } from './group-items.ts'
import { contactMethods, electrodeCodes } from './measurement-codes.ts'

/**
 * The electrode array in an ear: a group for each contact with its point (TID 1410), and one for the array (TID 1501); none where no
 * contacts were placed.
 */
export function electrodeGroups(ear: ReportedEar, context: ResultContext): readonly Dataset[] {
  const { implant } = ear
  if (implant?.status !== 'found') return []
  return [...implant.contacts.map((contact) => contactGroup(ear, contact, context)), arrayGroup(ear, implant, context)]
}

const cochlea = partCodes.get(partLabel.cochlea) ?? innerEar

function contactGroup(
  ear: ReportedEar,
  contact: ReportedContact,
  { origin, newUid, modelHash }: ResultContext
): Dataset {
  const { order, number, position, confidence, byHand, inside } = contact
  const counted = (name: CodedConcept, value: number): Dataset => numeric('CONTAINS', name, value, unitCodes.score)
  const measured = (name: 'angle' | 'depth' | 'frequency', value: number, unit: CodedConcept): Dataset =>
    numeric('CONTAINS', electrodeCodes[name], value, unit, measuredBy(contactMethods[name], modelHash))
  return container(
    'CONTAINS',
    measurementGroup,
    [
      ...tracking(`otomark ${ear.side} contact ${order}`, newUid()),
      coded('CONTAINS', finding, electrodeCodes.contact),
      site(inside === undefined ? innerEar : cochlea, ear),
      point(imageRegion, position, String(origin.attributes.FrameOfReferenceUID)),
      ...setBy(byHand && 'placed'),
      counted(electrodeCodes.order, order),
      ...(number === undefined ? [] : [counted(electrodeCodes.makersNumber, number)]),
      ...(inside === undefined
        ? []
        : [
            measured('angle', inside.angle, unitCodes['°']),
            measured('depth', inside.depth, unitCodes.mm),
            measured('frequency', inside.frequency, unitCodes.Hz)
          ]),
      ...(byHand ? [] : [counted(electrodeCodes.score, confidence)])
    ],
    '1410'
  )
}

function arrayGroup(ear: ReportedEar, implant: ReportedElectrode, { newUid }: ResultContext): Dataset {
  const { array, given, alternatives, score, contacts } = implant
  const placed = contacts.filter(({ byHand }) => byHand).length
  return container(
    'CONTAINS',
    measurementGroup,
    [
      ...tracking(`otomark ${ear.side} electrode array`, newUid()),
      coded('CONTAINS', finding, electrodeCodes.array),
      site(cochlea, ear),
      ...setBy(placed === 0 ? undefined : placed === contacts.length ? 'placed' : 'corrected'),
      coded('CONTAINS', electrodeCodes.knownBy, given ? electrodeCodes.named : electrodeCodes.spacing),
      text('CONTAINS', dicomConcepts.deviceManufacturer, array.maker),
      text('CONTAINS', dicomConcepts.deviceModelName, array.model),
      ...alternatives.map((one) => text('CONTAINS', electrodeCodes.alternative, nameOf(one))),
      numeric('CONTAINS', electrodeCodes.count, contacts.length, unitCodes.score),
      // The score says how the contacts were found, so that it is left out if a person placed all of them.
      ...(placed === contacts.length ? [] : [numeric('CONTAINS', electrodeCodes.arrayScore, score, unitCodes.score)])
    ],
    '1501'
  )
}

function nameOf({ maker, model }: ReportedArray): string {
  return `${maker} ${model}`
}
