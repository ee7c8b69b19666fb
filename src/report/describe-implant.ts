import { rounded, triple } from '../core/math/rounded.ts'
import type { ElectrodeNotFound, FoundElectrode } from '../implant/find/found-electrode.ts'
import { tonotopySource } from '../implant/tonotopy.ts'
import type { ImplantResult } from './implant-result.ts'

type NamedArray = Extract<ImplantResult, { readonly status: 'found' }>['array']

/** An electrode array, or why none was placed, as `result.json` holds it. */
export function describeImplant(implant: FoundElectrode | ElectrodeNotFound): ImplantResult {
  if (implant.status === 'not found') {
    const { endAngle } = implant
    return { ...implant, ...(endAngle !== undefined && { endAngle: rounded(endAngle, 0) }) }
  }
  const { isGiven, alternatives, score, contacts, remarks, contactRemarks } = implant
  return {
    status: 'found',
    array: named(implant.array),
    given: isGiven,
    alternatives: alternatives.map(named),
    score: rounded(score, 3),
    source: tonotopySource,
    contacts: contacts.map(({ order, number, position, confidence, byHand, inside }) => ({
      order,
      ...(number !== undefined && { number }),
      position: triple(position, 3),
      confidence: rounded(confidence, 3),
      ...(byHand && { byHand }),
      ...(inside && {
        inside: {
          angle: rounded(inside.angle, 1),
          depth: rounded(inside.depth, 2),
          frequency: rounded(inside.frequency, 0)
        }
      })
    })),
    remarks: [...remarks, ...contactRemarks]
  }
}

function named({ id, maker, model }: FoundElectrode['array']): NamedArray {
  return { id, maker, model }
}

/** Applies to every array that a person did not place: nothing in a scan shows which of them are misplaced (studies/electrode). */
const mayBeMisplaced =
  'Check every contact against the scan: in generated scans some arrays were placed a spacing or more off, or a tip that was folded over was not noticed.'

/** What a reader must know of an array in an ear before using its contacts, as sentences. */
export function doubtsOf(implant: ImplantResult): string[] {
  if (implant.status === 'not found') {
    const { endAngle, reason } = implant
    if (endAngle === undefined) return [`Contacts were not placed: ${reason}.`]
    return [
      `There is metal in the cochlea to about ${endAngle.toFixed(0)}°, but its contacts were not placed: ${reason}.`
    ]
  }
  const { alternatives, given, array: found, contacts, remarks } = implant
  const placed = contacts.filter(({ byHand }) => byHand).length
  const isAllPlaced = placed === contacts.length
  const others = alternatives.map(({ model }) => model).join(', ')
  return [
    ...(isAllPlaced ? [] : [mayBeMisplaced]),
    ...(placed > 0 ? [`${placed} of ${contacts.length} contacts were placed by hand.`] : []),
    ...(given
      ? []
      : [
          `The array was recognised by the spacing of its contacts alone: ${found.model}${others === '' ? '' : `; it may as well be ${others}`}.`
        ]),
    ...remarks
  ]
}
