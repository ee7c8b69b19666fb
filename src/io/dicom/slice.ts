import type { Side } from '../../core/anatomy.ts'
import type { Vector3 } from '../../core/math/vector.ts'

/** How the pixels of a frame are stored. */
export interface PixelFormat {
  readonly transferSyntax: string
  readonly columns: number
  readonly rows: number
  /** 8, 16 or 32. */
  readonly bitsAllocated: number
  readonly bitsStored: number
  readonly highBit: number
  readonly signed: boolean
  /** Bits of the pixels beside those stored hold an overlay. */
  readonly overlay: boolean
}

/** Whom a slice shows and in whose coordinates it lies; empty where the header does not say. */
export interface SliceSubject {
  readonly patient: string
  readonly study: string
  readonly 'frame of reference': string
}

/** One CT slice, as its header describes it: a file, or a frame of one; `file` is what messages call it. */
export interface CtSlice {
  readonly file: string
  /** Its place among the frames of the file, from 0. */
  readonly frame: number
  /** How many frames the file holds. */
  readonly frames: number
  readonly sopClass: string
  readonly instanceUid: string
  readonly seriesUid: string
  readonly subject: SliceSubject
  readonly seriesNumber: string
  readonly seriesDescription: string
  /** Convolution kernel, as the scanner calls it. */
  readonly kernel: string
  readonly instance: string
  /** What may distinguish stacks of one series: acquisition number, stack, phase, kernel, image type, time. */
  readonly marks: Readonly<Record<StackMark, string>>
  readonly columns: number
  readonly rows: number
  /** World position (LPS mm) of the centre of the first voxel. */
  readonly position: Vector3
  /** World direction in which the column number grows along a row, and the row number down a column. */
  readonly rowDirection: Vector3
  readonly columnDirection: Vector3
  /** Distance in mm between neighbours along a row, and down a column. */
  readonly columnSpacing: number
  readonly rowSpacing: number
  /** Positions were written in whole multiples of this, in mm: 0.1 for one decimal. */
  readonly positionStep: number
  /** The side of the body it shows, if the scanner recorded one: Image or Frame Laterality, or Laterality. */
  readonly laterality?: Side
  /** Nominal thickness in mm, if the scanner recorded it. */
  readonly thickness: number | undefined
  readonly pixels: PixelFormat
  /** Hounsfield units are slope · stored value + intercept; each is undefined where the header has none. */
  readonly rescale: { readonly slope: number | undefined; readonly intercept: number | undefined }
  /** Stored values, from one to the other, of pixels outside the recorded field, if the header names them. */
  readonly padding: readonly [low: number, high: number] | undefined
}

export const stackMarks = ['acquisition', 'stack', 'phase', 'kernel', 'image type', 'acquisition time'] as const
export type StackMark = (typeof stackMarks)[number]

/** What a DICOM file holds. */
export type DicomContent =
  /** CT slices, and frames of the same object that cannot be used. */
  | { readonly file: string; readonly slices: readonly CtSlice[]; readonly lost: readonly DamagedDicom[] }
  /** Something a scan cannot be read from, with the word for it. */
  | { readonly file: string; readonly other: string }
  /** A DICOMDIR: the paths of the files it lists, from its own folder. */
  | { readonly file: string; readonly lists: readonly string[] }
  | DamagedDicom

/** An object that is damaged, what is wrong with it, and where it belongs, as far as that can still be read. */
export interface DamagedDicom {
  readonly file: string
  readonly damage: string
  readonly seriesUid: string | undefined
  readonly position: Vector3 | undefined
}
