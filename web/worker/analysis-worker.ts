import type { caseFileNames } from '../../src/cases/case-files.ts'
import type { PartId, Side } from '../../src/core/anatomy.ts'
import type { Affine, Geometry } from '../../src/core/geometry/geometry.ts'
import type { Landmark } from '../../src/core/landmark.ts'
import type { Vector3 } from '../../src/core/math/vector.ts'
import type { Mesh } from '../../src/core/mesh/mesh.ts'
import type { ProgressListener } from '../../src/core/progress.ts'
import type { EarFrame } from '../../src/ear/ear-frame.ts'
import type { ElectrodeArray } from '../../src/electrode/array.ts'
import type { ElectrodeCorrection } from '../../src/implant/find/find-in-ears.ts'
import type { SeriesChoice } from '../../src/io/dicom/series.ts'
import type { NamedPlane } from '../../src/report/picture/oblique-planes.ts'
import type { PlanRequest } from '../../src/report/plan/plan-file.ts'
import type { AnalysisResult } from '../../src/report/result.ts'
import type { Agreement } from '../compare/agreement.ts'
import type { EditName, Entry, LabelChange } from '../corrections.ts'
import type { ImplantAnswer } from '../ear-implant.ts'
import type { EditedEar, EditedPart } from '../edit/edited-ear.ts'
import type { Engine } from '../engine.ts'
import type { OverviewGrid } from '../overview-map.ts'
import type { ScanFile } from '../scan-files.ts'
import type { PlanAnswer } from './answer-plan.ts'
import type { ImageOnGrid } from './on-grid.ts'
import type { ReferenceLabels } from './reference-labels.ts'

/**
 * What the page asks of its worker. All heavy work is done there: reading, analysing, measuring, drawing surfaces and
 * oblique slices, writing files. It keeps one scan and what was found in it.
 */
export interface AnalysisWorker {
  /**
   * Reads a scan and analyses it, or goes on with a session.
   * @throws the errors of the command line; their `name` is the class
   */
  analyze(request: AnalysisRequest, listen: AnalysisListener): Promise<Analysis>
  /** Sends the ears as they were found to the worker that only measures. */
  sendEars(port: MessagePort): void
  /**
   * Sends the scan, the ears as `conclude` left them and what is doubtful about them to the worker that `takeBefore`s them.
   * @param name what results call it
   */
  sendBefore(port: MessagePort, name: string, log: readonly Entry[]): void
  /**
   * Takes the labyrinths from the scan before surgery that another worker `sendBefore`s, registered by the bone; nothing changes
   * before `adopt`.
   * @throws InputError where that does not show the same bone
   */
  takeBefore(port: MessagePort): Promise<Analysis>
  /** Goes on with what was taken from the scan before surgery. */
  adopt(): void
  /** Measures the ears as they are now, and draws their surfaces where labels were painted. */
  conclude(edits: readonly EarEdit[], log: readonly Entry[]): Promise<Conclusion>
  /**
   * An oblique slice through an ear as `conclude` left it, as SVG; undefined where the ear has no plane of that name.
   * @param shift mm along the plane's normal
   */
  oblique(ear: number, name: string, shift: number): Promise<string | undefined>
  /** The files of the result as `conclude` left it, as a zip archive. */
  export(options: ExportOptions): Promise<Uint8Array>
  /** One file of the result as `conclude` left it. */
  file(file: SingleFile): Promise<Uint8Array | string>
  /** The session as one file. */
  session(name: string, log: readonly Entry[]): Promise<Uint8Array>
  /** Keeps the session in the browser, without its log. @throws what the browser refuses, such as for want of space */
  keep(id: string, name: string): Promise<void>
  /** Labels of the scan from a label map or the folder of a result. @throws InputError if they do not fit the scan */
  readLabels(files: readonly ScanFile[]): Promise<ReferenceLabels>
  /** Values and surfaces as they would be with other corrections; nothing of it is kept. */
  previewCorrections(edits: readonly EarEdit[]): Promise<readonly PreviewedEar[]>
  /** How two label maps of one grid agree. */
  agreement(
    shown: Uint8Array,
    other: Uint8Array,
    grid: Geometry,
    by: 'parts' | 'labyrinth'
  ): Promise<readonly Agreement[]>
  /** The scan and its labels, as `conclude` left them, on a grid of another world. @param toScan from there to the scan's */
  onGrid(grid: Geometry, toScan: Affine): Promise<ImageOnGrid>
}

/** What the page asks of a second worker, so that quick work is never behind slow work. */
export interface MeasurementWorker {
  /** Takes the ears that `AnalysisWorker.sendEars` sends. */
  receiveEars(port: MessagePort): Promise<void>
  /** Measures the ears as they are now, without intervals; quick. */
  measure(edits: readonly EarEdit[]): Promise<readonly QuickMeasurements[]>
  /** Electrode arrays laid into the cochleae of a result. @throws InputError where it holds no turns of a cochlea */
  plan(result: AnalysisResult, request: PlanRequest): Promise<PlanAnswer>
  /** What an edit of a whole part changes; undefined for nothing. */
  edit(ear: EditedEar, how: EditName, part: EditedPart): Promise<LabelChange | undefined>
  /** What removes the loose piece at a place (LPS mm); undefined where there is none. */
  removePiece(ear: Pick<EditedEar, 'id' | 'grid' | 'labels'>, place: Vector3): Promise<LabelChange | undefined>
}

export interface AnalysisRequest {
  readonly engine: Engine
  /** Address of the folder the page lies in. */
  readonly base: string
  /** Those of a scan or of a session; or the id of a session that is kept in the browser. */
  readonly input: readonly ScanFile[] | string
}

export interface AnalysisListener {
  readonly progress: ProgressListener
  /** The scan is read. @param isAnalysed whether it comes with what was found in it */
  readonly read: (middleSlices: readonly Preview[], isAnalysed: boolean) => void
  /** Asks which DICOM series to read, where there are several. @returns its UID */
  readonly choose: (choices: readonly SeriesOffer[]) => Promise<string>
}

/** A series to choose, with its middle slice where that could be decoded. */
export interface SeriesOffer extends SeriesChoice {
  readonly preview?: Preview
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
  readonly ears: readonly FoundEar[]
  readonly overview: Overview
  /** Electrode arrays to choose from. */
  readonly arrays: readonly ElectrodeArray[]
  /** DICOM's UID of the space that the scan's coordinates lie in; null of other formats. */
  readonly frameOfReference: string | null
  /** DICOM's Patient ID; null of other formats and where it is empty. */
  readonly patientId: string | null
  /** Corrections that a session came with. */
  readonly log: readonly Entry[]
}

/** The whole scan in small, by which a person sees where its ears lie. */
export interface Overview {
  readonly grid: OverviewGrid
  /** One for each of `overviewViews`; the patient's right, or seen from the left the front, is on the left. */
  readonly pictures: readonly Preview[]
}

/** One ear and the part of the scan around it, on a grid whose axes run as near as can be to right, anterior, superior. */
export interface FoundEar {
  readonly side: Side
  readonly frame: EarFrame
  readonly grid: Geometry
  /** The image as a NIfTI file. */
  readonly image: Uint8Array
  readonly labels: Uint8Array
  readonly landmarks: readonly Landmark[]
  readonly implant: ImplantAnswer
  readonly surfaces: PartMeshes
  /** The oblique planes. */
  readonly planes: readonly NamedPlane[]
}

export type PartMeshes = Readonly<Record<PartId, Mesh>>

/** One ear as a person left it. */
export interface EarEdit {
  readonly landmarks: readonly Landmark[]
  /** On the ear's grid; left out where nothing was painted. */
  readonly labels?: Uint8Array
  /** What they say of the electrode array; left out where nothing is said. */
  readonly electrode?: ElectrodeCorrection
}

/** Values by the quantity's id; null where it cannot be measured. */
export type QuickMeasurements = Readonly<Record<string, number | null>>

/** An ear as it would be with other corrections. */
export interface PreviewedEar {
  readonly values: QuickMeasurements
  readonly surfaces: PartMeshes
  readonly planes: readonly NamedPlane[]
}

export interface Conclusion {
  readonly result: AnalysisResult
  readonly surfaces: readonly PartMeshes[]
  /** Oblique planes of each ear. */
  readonly planes: readonly (readonly NamedPlane[])[]
  /** The electrode array of each ear. */
  readonly implants: readonly ImplantAnswer[]
}

/** Files of a result that can be had one by one, by name; `surfaces.zip` holds all surfaces as STL. */
export type SingleFile =
  | (typeof caseFileNames)['labels' | 'markups']
  | 'surfaces.zip'
  | 'labyrinth.glb'
  | 'measurements.csv'
  | 'contacts.csv'
  | 'result.json'
  | 'report.html'

export interface ExportOptions {
  /** The scan's name, by which folder and case are called. */
  readonly name: string
  readonly log: readonly Entry[]
  /** Whether the scan goes along, as a case to train on. */
  readonly trainingCase: boolean
}
