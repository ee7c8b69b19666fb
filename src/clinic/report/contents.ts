import type { LandmarkId, Side } from '../../core/anatomy.ts'
import type { Measurement } from '../../measure/measurement.ts'

/** The contents of a DICOM report: those parts of `result.json` that it holds, with the same numbers. */
export interface ReportContents {
  readonly notice: string
  readonly model: { readonly detector: NetworkName; readonly segmenter: NetworkName }
  readonly ears: readonly ReportedEar[]
  readonly flags: readonly ReportedFlag[]
}

interface NetworkName {
  readonly name: string
  readonly sha256: string
}

export interface ReportedEar {
  readonly side: Side
  readonly sideConfidence: number
  readonly landmarks: Readonly<Record<LandmarkId, ReportedLandmark>>
  readonly measurements: readonly ReportedMeasurement[]
  /** The electrode array in its cochlea; a flag says why none was placed. */
  readonly implant?: ReportedElectrode | { readonly status: 'not found' } | undefined
}

export interface ReportedElectrode {
  readonly status: 'found'
  readonly array: ReportedArray
  /** Whether a person named it. */
  readonly given: boolean
  /** Others whose contacts would lie nearly the same. */
  readonly alternatives: readonly ReportedArray[]
  readonly score: number
  readonly contacts: readonly ReportedContact[]
}

export interface ReportedArray {
  readonly maker: string
  readonly model: string
}

export interface ReportedContact {
  /** Counted from the apex, from 1; and as the maker counts. */
  readonly order: number
  readonly number?: number | undefined
  /** LPS mm. */
  readonly position: readonly [number, number, number]
  readonly confidence: number
  readonly byHand?: true | undefined
  /** Degrees, mm and Hz; absent outside the cochlea. */
  readonly inside?: { readonly angle: number; readonly depth: number; readonly frequency: number } | undefined
}

export type ReportedMeasurement = Pick<Measurement, 'id' | 'unit' | 'source' | 'value'> & {
  readonly uncertainty?: { readonly low: number; readonly high: number } | undefined
}

export type ReportedLandmark =
  | {
      readonly status: 'defined'
      /** LPS mm. */
      readonly position: readonly [number, number, number]
      readonly confidence: number
      /** A person placed it, so that no confidence was found. */
      readonly byHand?: true | undefined
    }
  | { readonly status: 'undefined'; readonly confidence: number }

export interface ReportedFlag {
  readonly id: string
  readonly severity: 'warning' | 'note'
  /** None where it is about the whole scan. */
  readonly side?: Side | undefined
  readonly text: string
}
