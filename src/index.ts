/**
 * otomark finds, outlines, marks and measures the inner ear in CT. Research software, not a medical device.
 *
 * ```ts
 * import { analyze, defaultModelFolder, nodeRuntime, openModel, readModelFolder, readScan } from 'otomark'
 *
 * const model = await openModel(await readModelFolder(defaultModelFolder), nodeRuntime)
 * const { scan } = await readScan('head.nii.gz')
 * const { ears } = await analyze(scan, model)
 * for (const { side, landmarks } of ears) console.log(side, landmarks[0])
 * // right { id: 'helicotrema', status: 'defined', position: [ -38.21, -11.94, 4.17 ], confidence: 0.93 }
 * ```
 *
 * Positions are LPS millimetres; voxels are numbered (i, j, k), i fastest.
 */
export { analyze } from './analyze/analyze.ts'
export type { EarFinding, Findings, StageTiming } from './analyze/findings.ts'
export type { Model, Network } from './analyze/model.ts'
export { closeModel, type ModelFile, type ModelFiles, openModel } from './analyze/open-model.ts'
export type { AnalyzeOptions } from './analyze/options.ts'
export { formatResult } from './cli/format-result.ts'
export { type LandmarkId, landmarkKinds, type PartId, partLabel, parts, type Side } from './core/anatomy.ts'
export {
  GeometryError,
  InputError,
  ModelError,
  NoEarError,
  OtomarkError,
  ResourceError,
  UsageError
} from './core/errors.ts'
export { createGeometry, type Geometry, indexFromWorld, worldFromIndex } from './core/geometry/geometry.ts'
export type { Landmark } from './core/landmark.ts'
export type { Vector3 } from './core/math/vector.ts'
export { type Mesh, mergeMeshes, meshVolume } from './core/mesh/mesh.ts'
export type { ProgressEvent, ProgressListener } from './core/progress.ts'
export { softwareVersion } from './core/version.ts'
export { createVolume, type Scan, type Volume } from './core/volume.ts'
export type { EarFrame } from './ear/ear-frame.ts'
export { encodeMarkups } from './io/markups.ts'
export { encodeStl } from './io/mesh/stl.ts'
export { encodeNifti } from './io/nifti/encode.ts'
export type { LoadedScan, ScanSource } from './io/scan-source.ts'
export type { Flag, FlagId } from './measure/plausibility/flag.ts'
export { judgeEar } from './measure/plausibility/judge.ts'
export { type LabyrinthVolumes, measureVolumes } from './measure/volumes.ts'
export { defaultModelFolder, readModelFolder } from './node/model-folder.ts'
export { type ReadScanOptions, readScan } from './node/read-scan.ts'
export { createResult } from './report/create-result.ts'
export { type AnalysisResult, analysisResult, resultSchema } from './report/result.ts'
export { nodeRuntime } from './runtime/node.ts'
export type { Runtime, Session, SessionOptions, Tensor } from './runtime/session.ts'
