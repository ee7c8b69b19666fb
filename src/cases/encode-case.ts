import type { Side } from '../core/anatomy.ts'
import type { Landmark } from '../core/landmark.ts'
import type { Scan, Volume } from '../core/volume.ts'
import type { Files } from '../io/files.ts'
import { encodeMarkups } from '../io/markups.ts'
import { encodeNifti } from '../io/nifti/encode.ts'
import { caseFileNames } from './case-files.ts'

/** An ear as it is written. */
export interface WrittenEar {
  readonly side: Side
  /** Those that are not listed are unknown; one that is undefined is known to be absent. */
  readonly landmarks: readonly Landmark[]
  /** What else is known of it, such as its true measurements; goes into `truth.json`. */
  readonly more?: object
}

export interface CaseContents {
  readonly scan: Scan
  readonly labels: Volume<Uint8Array>
  readonly ears: readonly WrittenEar[]
  /** Where the case comes from: goes into the image headers. */
  readonly description: string
  /** What else is known of the scan; goes into `truth.json`. */
  readonly more?: object
}

/**
 * A scan and what is known of it as the files of a case's folder (docs/reference/cases.md), `truth.json` last: a folder
 * that has it is whole.
 */
export function encodeCase({ scan, labels, ears, description, more }: CaseContents): Files {
  const truth = { coordinates: 'LPS mm', ...truthOf(ears), ...more }
  return {
    [caseFileNames.scan]: encodeNifti(scan, { gzip: true, description }),
    [caseFileNames.labels]: encodeNifti(labels, { gzip: true, description }),
    [caseFileNames.markups]: encodeLandmarks(ears),
    [caseFileNames.truth]: `${JSON.stringify(truth, null, 2)}\n`
  }
}

/** The landmarks of all ears as 3D Slicer markups: one list, or one for each of two ears, named by its side. */
export function encodeLandmarks(ears: readonly Pick<WrittenEar, 'side' | 'landmarks'>[]): Uint8Array {
  if (ears.length < 2) return encodeMarkups([{ landmarks: ears[0]?.landmarks ?? [] }])
  return encodeMarkups(ears.map(({ side, landmarks }) => ({ name: side === 'left' ? 'Left' : 'Right', landmarks })))
}

/** What is true of one ear, or of none; of two, a list. */
function truthOf(ears: readonly WrittenEar[]): object {
  const truths = ears.map(({ side, landmarks, more }) => ({
    side,
    landmarks: Object.fromEntries(landmarks.map((mark) => [mark.id, mark.status === 'defined' ? mark.position : null])),
    ...more
  }))
  if (truths.length > 1) return { ears: truths }
  return truths[0] ?? { side: null, landmarks: {} }
}
