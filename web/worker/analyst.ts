import type { PartId, Side } from '../../src/core/anatomy.ts'
import type { Geometry } from '../../src/core/geometry/geometry.ts'
import type { Landmark } from '../../src/core/landmark.ts'
import type { Mesh } from '../../src/core/mesh/mesh.ts'
import type { ProgressListener } from '../../src/core/progress.ts'
import type { SeriesChoice } from '../../src/io/dicom/series.ts'
import type { AnalysisResult } from '../../src/report/result.ts'
import type { Entry } from '../corrections.ts'
import type { Engine } from '../engine.ts'
import type { ScanFile } from '../scan-files.ts'

/**
 * What the page asks of its worker. All heavy work is done there: reading, analysing, measuring, drawing surfaces and
 * oblique slices, writing files. It keeps one scan and what was found in it.
 */
export interface Analyst {
  /**
   * Reads a scan and analyses it.
   * @throws the errors of the command line; their `name` tells the class
   */
  analyze(request: AnalysisRequest, listen: AnalysisListener): Promise<Analysis>
  /** Measures the ears as they are now, without intervals; quick. */
  measure(edits: readonly EarEdit[]): Promise<readonly QuickMeasurements[]>
  /** Measures the ears as they are now, and draws their surfaces where labels were painted. */
  conclude(edits: readonly EarEdit[], log: readonly Entry[]): Promise<Conclusion>
  /** Oblique slices through an ear as `conclude` left it, as SVG. @param shift mm along each plane's normal */
  oblique(ear: number, shift: number): Promise<readonly string[]>
  /** The files of the result as `conclude` left it, as a zip archive. */
  export(options: ExportOptions): Promise<Uint8Array>
}

export interface AnalysisRequest {
  readonly engine: Engine
  /** Address of the folder the page lies in. */
  readonly base: string
  readonly files: readonly ScanFile[]
}

export interface AnalysisListener {
  readonly progress: ProgressListener
  /** The middle slices of the scan, once it is read. */
  readonly preview: (pictures: readonly Preview[]) => void
  /** Asks which DICOM series to read, where there are several. @returns its UID */
  readonly choose: (choices: readonly SeriesChoice[]) => Promise<string>
}

/** Gray values of a slice, row by row. */
export interface Preview {
  readonly width: number
  readonly height: number
  /** Height of a pixel by its width. */
  readonly aspect: number
  readonly gray: Uint8ClampedArray<ArrayBuffer>
}

/** What was found, as the page shows it. */
export interface Analysis {
  readonly result: AnalysisResult
  /** What ran the networks, in ONNX Runtime's words. */
  readonly runtime: string
  readonly ears: readonly FoundEar[]
}

/** One ear and the part of the scan around it, on a grid whose axes run as near as can be to right, anterior, superior. */
export interface FoundEar {
  readonly side: Side
  readonly grid: Geometry
  /** The image as a NIfTI file. */
  readonly image: Uint8Array
  readonly labels: Uint8Array
  readonly landmarks: readonly Landmark[]
  readonly surfaces: PartMeshes
  /** Names of the oblique planes. */
  readonly planes: readonly string[]
}

export type PartMeshes = Readonly<Record<PartId, Mesh>>

/** One ear as a person left it. */
export interface EarEdit {
  readonly landmarks: readonly Landmark[]
  /** On the ear's grid; left out where nothing was painted. */
  readonly labels?: Uint8Array
}

/** Values by the quantity's id; null where it cannot be told. */
export type QuickMeasurements = Readonly<Record<string, number | null>>

export interface Conclusion {
  readonly result: AnalysisResult
  readonly surfaces: readonly PartMeshes[]
}

export interface ExportOptions {
  /** The scan's name, by which folder and case are called. */
  readonly name: string
  readonly log: readonly Entry[]
  /** Whether the scan goes along, as a case to train on. */
  readonly trainingCase: boolean
}
