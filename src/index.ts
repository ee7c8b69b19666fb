/**
 * otomark finds, outlines, marks and measures the inner ear in CT. Research software, not a medical device.
 *
 * This entry point runs in Node and in a browser; importing it starts nothing. What needs one of them is in
 * `otomark/node` (scans and models on disk, ONNX Runtime in Node) and `otomark/browser` (ONNX Runtime in a page).
 *
 * ```ts
 * import { analyze, openModel } from 'otomark'
 * import { defaultModelFolder, nodeRuntime, readModelFolder, readScan } from 'otomark/node'
 *
 * const model = await openModel(await readModelFolder(defaultModelFolder), nodeRuntime)
 * const { scan } = await readScan('head.nii.gz')
 * const { ears } = await analyze(scan, model)
 * for (const { side, landmarks } of ears) console.log(side, landmarks[0])
 * // right { id: 'helicotrema', status: 'defined', position: [ -38.21, -11.94, 4.17 ], confidence: 0.93 }
 * ```
 *
 * Positions are LPS millimetres; voxels are numbered (i, j, k), i fastest.
 *
 * @module
 */
export { analyze } from './analyze/analyze.ts'
export type { EarBefore, EarFinding, Findings, SegmentedEar, StageTiming } from './analyze/findings.ts'
export type { Model, Network } from './analyze/model.ts'
export { closeModel, type ModelFile, type ModelFiles, openModel } from './analyze/open-model.ts'
export type { AnalyzeOptions } from './analyze/options.ts'
export type { Prediction } from './analyze/predict/prediction.ts'
export type { BoneRegistration } from './analyze/register/register-bone.ts'
export type { EarView } from './analyze/segment/ear-view.ts'
export type { Occupancy } from './analyze/segment/occupancy.ts'
export type { EarSurfaces } from './analyze/segment/surface.ts'
export {
  type Code,
  type LandmarkId,
  type LandmarkKind,
  landmarkKinds,
  type Part,
  type PartId,
  partLabel,
  parts,
  type Side
} from './core/anatomy.ts'
export {
  type ErrorKind,
  type ExitCode,
  exitCode,
  GeometryError,
  InputError,
  ModelError,
  NoEarError,
  OtomarkError,
  type OtomarkErrorOptions,
  ResourceError,
  UsageError
} from './core/errors.ts'
export {
  type Affine,
  applyAffine,
  createGeometry,
  type Geometry,
  indexFromWorld,
  worldFromIndex
} from './core/geometry/geometry.ts'
export type { DefinedLandmark, Landmark, UndefinedLandmark } from './core/landmark.ts'
export type { Matrix3, Vector3 } from './core/math/vector.ts'
export { type Mesh, mergeMeshes, meshVolume } from './core/mesh/mesh.ts'
export type { MeshTopology } from './core/mesh/mesh-topology.ts'
export type { ProgressEvent, ProgressListener } from './core/progress.ts'
export { softwareVersion } from './core/version.ts'
export { createVolume, type Scan, type Volume, type VoxelArray } from './core/volume.ts'
export type { Axis, CochlearFrame, WallPlace } from './ear/cochlear-coordinates.ts'
export type { EarFrame } from './ear/ear-frame.ts'
export type { CanalId } from './ear/mean-canals.ts'
export { type ElectrodeArray, electrodeArray, type Placement, placements } from './electrode/array.ts'
export {
  type ElectrodeCorrection,
  findElectrodes,
  type ImplantedFinding,
  type ImplantedFindings
} from './implant/find/find-in-ears.ts'
export type { ElectrodeNotFound, FoundContact, FoundElectrode } from './implant/find/found-electrode.ts'
export { acceptScan } from './io/accept-scan.ts'
export { decodeScan } from './io/decode-scan.ts'
export type { CopiedAttributes, DicomOrigin, SourcePlane } from './io/dicom/origin.ts'
export { encodeMarkups, type MarkupsList } from './io/markups.ts'
export { encodeStl } from './io/mesh/stl.ts'
export { encodeNifti, type NiftiOptions } from './io/nifti/encode.ts'
export type { LoadedScan, ScanFormat, ScanSource, SeriesSource } from './io/scan-source.ts'
export type { DataFileReader } from './io/stored-voxels.ts'
export type { CochlearDuct, DuctSection } from './measure/cochlea/cochlear-duct.ts'
export type { InsertionPlace } from './measure/cochlea/insertion.ts'
export type { EarDirections } from './measure/directions.ts'
export { measureEar } from './measure/measure-ear.ts'
export {
  type MeasuredFinding,
  type MeasuredFindings,
  type MeasureOptions,
  measureFindings,
  type PlannedElectrode
} from './measure/measure-findings.ts'
export type { MeasuredEar } from './measure/measured-ear.ts'
export type { Measurement, Quantity, Reference, Uncertainty, Unit } from './measure/measurement.ts'
export { type Flag, type FlagId, flagIds, type JudgedEar } from './measure/plausibility/flag.ts'
export { judgeEar, judgeFindings } from './measure/plausibility/judge.ts'
export { measureWithUncertainty } from './measure/uncertainty.ts'
export { type LabyrinthVolumes, measureVolumes } from './measure/volumes.ts'
export { type Calibration, calibration } from './network/calibration.ts'
export { type ModelMetadata, modelMetadata } from './network/metadata.ts'
export type { Operation, Provider, Target } from './onnx/lowering/rewrite.ts'
export { createResult, type ResultContext, type ResultModel, type ResultNetwork } from './report/create-result.ts'
export { encodeResult } from './report/files/result-files.ts'
export type { SurfaceFormat } from './report/files/surface-files.ts'
export type { ReportContents } from './report/html/page.ts'
export type { IdentifierKeyword, Identifiers } from './report/identifiers.ts'
export { type AnalysisResult, analysisResult, resultSchema } from './report/result.ts'
export type { Runtime, Session, SessionOptions, Tensor } from './runtime/session.ts'
