import { type CodedConcept, codeItem } from '../codes.ts'
import { decimalString } from '../dicom/decimal-string.ts'
import type { Dataset } from '../dicom/encode-dataset.ts'

/** How a content item belongs to the one above it (PS3.3, C.17.3.2.4). */
export type Relationship = 'CONTAINS' | 'HAS CONCEPT MOD' | 'HAS OBS CONTEXT' | 'HAS ACQ CONTEXT' | 'HAS PROPERTIES'

/** An object that a content item refers to. */
export interface Reference {
  readonly sopClass: string
  readonly sopInstance: string
  readonly frames?: readonly number[]
  readonly segment?: number
}

/** @param template TID of PS3.16, where the container follows one */
export function container(
  relationship: Relationship,
  name: CodedConcept,
  children: readonly Dataset[],
  template?: string
): Dataset {
  return {
    ...item(relationship, 'CONTAINER', name, children),
    ContinuityOfContent: 'SEPARATE',
    ...(template !== undefined && { ContentTemplateSequence: [templateItem(template)] })
  }
}

export function templateItem(identifier: string): Dataset {
  return { MappingResource: 'DCMR', MappingResourceUID: '1.2.840.10008.8.1.1', TemplateIdentifier: identifier }
}

export function text(relationship: Relationship, name: CodedConcept, value: string): Dataset {
  return { ...item(relationship, 'TEXT', name), TextValue: value }
}

export function coded(
  relationship: Relationship,
  name: CodedConcept,
  value: CodedConcept,
  children: readonly Dataset[] = []
): Dataset {
  return { ...item(relationship, 'CODE', name, children), ConceptCodeSequence: [codeItem(value)] }
}

export function uidReference(relationship: Relationship, name: CodedConcept, uid: string): Dataset {
  return { ...item(relationship, 'UIDREF', name), UID: uid }
}

/** A number, in decimal text and as the float64 it is. */
export function numeric(
  relationship: Relationship,
  name: CodedConcept,
  value: number,
  unit: CodedConcept,
  children: readonly Dataset[] = []
): Dataset {
  return {
    ...item(relationship, 'NUM', name, children),
    MeasuredValueSequence: [
      {
        NumericValue: decimalString(value),
        FloatingPointValue: value,
        MeasurementUnitsCodeSequence: [codeItem(unit)]
      }
    ]
  }
}

export function image(name: CodedConcept | undefined, { sopClass, sopInstance, frames, segment }: Reference): Dataset {
  return {
    ...item('CONTAINS', 'IMAGE', name),
    ReferencedSOPSequence: [
      {
        ReferencedSOPClassUID: sopClass,
        ReferencedSOPInstanceUID: sopInstance,
        ReferencedFrameNumber: frames?.map(String),
        ReferencedSegmentNumber: segment
      }
    ]
  }
}

/** @param position LPS mm, in the frame of reference; stored as float32 */
export function point(name: CodedConcept, position: readonly number[], frameOfReference: string): Dataset {
  return {
    ...item('CONTAINS', 'SCOORD3D', name),
    GraphicType: 'POINT',
    GraphicData: position,
    ReferencedFrameOfReferenceUID: frameOfReference
  }
}

function item(
  relationship: Relationship,
  type: string,
  name: CodedConcept | undefined,
  children: readonly Dataset[] = []
): Dataset {
  return {
    RelationshipType: relationship,
    ValueType: type,
    ...(name !== undefined && { ConceptNameCodeSequence: [codeItem(name)] }),
    ...(children.length > 0 && { ContentSequence: children })
  }
}
