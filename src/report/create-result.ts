import type { EarBefore } from '../analyze/findings.ts'
import type { LandmarkId } from '../core/anatomy.ts'
import { applyAffine, type Geometry, indexFromWorld } from '../core/geometry/geometry.ts'
import { rounded, triple } from '../core/math/rounded.ts'
import { column, type Vector3 } from '../core/math/vector.ts'
import type { Mesh } from '../core/mesh/mesh.ts'
import type { MeshTopology } from '../core/mesh/mesh-topology.ts'
import { softwareVersion } from '../core/version.ts'
import type { ImplantedFinding, ImplantedFindings } from '../implant/find/find-in-ears.ts'
import type { ScanSource } from '../io/scan-source.ts'
import { insertionSource } from '../measure/cochlea/insertion.ts'
import type { EarDirections } from '../measure/directions.ts'
import type { MeasuredFinding, PlannedElectrode } from '../measure/measure-findings.ts'
import type { Measurement } from '../measure/measurement.ts'
import type { Flag } from '../measure/plausibility/flag.ts'
import type { Calibration } from '../network/calibration.ts'
import { describeImplant, doubtsOf } from './describe-implant.ts'
import { describeDuct } from './duct-result.ts'
import type { Identifiers } from './identifiers.ts'
import { type AnalysisResult, type EarResult, type FlagResult, type LandmarkResult, notice } from './result.ts'

/** What a result says of a network. */
export interface ResultNetwork {
  readonly source: string
  readonly sha256: string
  readonly threads?: number | undefined
  readonly metadata: {
    readonly name: string
    readonly training: { readonly seed: number }
    readonly calibration?: Calibration | undefined
  }
}

/** What a result says of a model; every `Model` says it. */
export interface ResultModel {
  readonly detector: ResultNetwork
  readonly segmenter: ResultNetwork
}

export interface ResultContext {
  readonly source: ScanSource
  readonly model: ResultModel
  /** @deprecated Findings of `analyze` say themselves whether outlines are the mean of several views. */
  readonly augmented?: boolean
  /**
   * Identifiers of patient and study, where results may hold them; the result then names the DICOM series too. By default a
   * result holds nothing that identifies a patient, apart from the path in `source`.
   */
  readonly identifiers?: Identifiers
}

/**
 * The measured findings of one scan (`measureFindings`, searched for arrays or not) as they go into `result.json`.
 *
 * @example
 * ```ts
 * import { analyze, createResult, type LoadedScan, measureFindings, type Model } from 'otomark'
 *
 * async function resultOf({ scan, source }: LoadedScan, model: Model) {
 *   const findings = await analyze(scan, model)
 *   return createResult(measureFindings(findings, { scan, source }), { source, model })
 * }
 * ```
 */
export function createResult(
  findings: ImplantedFindings,
  { source, model, augmented = findings.augmented ?? false, identifiers }: ResultContext
): AnalysisResult {
  const scan = findings.labels.geometry
  const { calibration } = model.segmenter.metadata
  return {
    format: 'otomark-result',
    version: 1,
    notice,
    software: { name: 'otomark', version: softwareVersion },
    input: describeInput(source, identifiers, scan),
    model: { detector: describeNetwork(model.detector), segmenter: describeNetwork(model.segmenter) },
    ...(model.segmenter.threads !== undefined && { threads: model.segmenter.threads }),
    ...(calibration && { intervals: describeCalibration(calibration) }),
    ...(augmented && { augmented }),
    ears: findings.ears.map((ear) => describeEar(ear, scan)),
    flags: [
      ...findings.flags.map(describeFlag),
      ...findings.ears.flatMap(noteBefore),
      ...findings.ears.flatMap(flagImplant),
      ...(calibration === undefined ? [uncalibratedNote] : []),
      ...[...source.notes, ...(findings.notes ?? [])].map(describeNote)
    ],
    timings: findings.timings.map(({ stage, seconds }) => ({ stage, seconds: rounded(seconds, 2) }))
  }
}

function describeFlag({ place, ...flag }: Flag): FlagResult {
  const evidence = Object.entries(flag.evidence).map(([name, value]) => [name, rounded(value, 3)])
  return { ...flag, ...(place && { place: triple(place, 3) }), evidence: Object.fromEntries(evidence) }
}

/** That an ear was not outlined in this scan. */
function noteBefore({ side, before }: ImplantedFinding): FlagResult[] {
  if (before === undefined) return []
  const { source, residual, correlation } = before
  const text = `The ${side} ear was outlined in the scan before surgery, ${source}, which was registered to this one by its bone: it lies ${residual.toFixed(2)} mm apart after that.`
  const evidence = { residual: rounded(residual, 3), correlation: rounded(correlation, 3) }
  return [{ id: 'before', severity: 'note', side, text, evidence }]
}

/** What is doubtful of an array; that none is seen where one was named may be the other ear's, and is a note. */
function flagImplant({ side, implant }: ImplantedFinding): FlagResult[] {
  if (implant === undefined) return []
  const isUnseen = implant.status === 'not found' && implant.endAngle === undefined
  const text = `The ${side} ear: ${doubtsOf(describeImplant(implant)).join(' ')}`
  return [{ id: 'electrode', severity: isUnseen ? 'note' : 'warning', side, text, evidence: {} }]
}

/** Stands in results of a model without a calibration. */
const uncalibratedNote: FlagResult = {
  id: 'uncalibrated',
  severity: 'note',
  text: 'The segmenter has no calibration: measurements have no intervals, the proportions of parts were not judged, and volumes may be some percent off; otomark calibrate makes one.',
  evidence: {}
}

function describeCalibration({ fitted, labelled }: Calibration): AnalysisResult['intervals'] {
  return {
    generatedEars: fitted.ears,
    ...(labelled && {
      labelled: {
        ears: labelled.ears,
        name: labelled.name,
        ...(labelled.voxelEdge !== undefined && { voxelEdge: rounded(labelled.voxelEdge, 3) }),
        ...(labelled.coarseVoxels && { clinicalVoxelEdge: rounded(labelled.coarseVoxels.voxelEdge, 3) })
      }
    })
  }
}

/** What was striking when the scan was read. */
function describeNote(text: string): FlagResult {
  return { id: 'input', severity: 'note', text, evidence: {} }
}

function describeInput(
  { path, format, series }: ScanSource,
  identifiers: Identifiers | undefined,
  scan: Geometry
): AnalysisResult['input'] {
  const { number = '', uid = '', description = '' } = series ?? {}
  return {
    source: path,
    format,
    ...(series && { series: { number, ...(identifiers && { uid, description }) } }),
    ...(identifiers && Object.keys(identifiers).length > 0 && { identifiers }),
    size: triple(scan.size, 0),
    spacing: triple(scan.spacing, 6),
    origin: triple(scan.origin, 4),
    direction: scan.direction.map((cosine) => rounded(cosine, 8))
  }
}

function describeNetwork({ source, sha256, metadata }: ResultNetwork): AnalysisResult['model']['detector'] {
  // Without folders, whose names may be private.
  const file = /[^/\\]*$/.exec(source)?.[0] ?? source
  return { name: metadata.name, file, sha256, trainingSeed: metadata.training.seed }
}

function describeEar(ear: ImplantedFinding, scan: Geometry): EarResult {
  const { origin, direction } = ear.frame
  const { surfaces, topology } = ear
  const { parts, labyrinth } = ear.volumes
  const volume = (cubicMillimetres: number): number => rounded(cubicMillimetres, 2)
  return {
    side: ear.side,
    sideConfidence: rounded(ear.sideConfidence, 4),
    frame: {
      origin: triple(origin, 4),
      lateral: triple(column(direction, 0), 6),
      anterior: triple(column(direction, 1), 6),
      superior: triple(column(direction, 2), 6)
    },
    residual: rounded(ear.residual, 3),
    landmarks: {
      helicotrema: describeLandmark(ear, 'helicotrema', scan),
      oval_window: describeLandmark(ear, 'oval_window', scan),
      round_window: describeLandmark(ear, 'round_window', scan)
    },
    volumes: {
      cochlea: volume(parts.cochlea),
      vestibule: volume(parts.vestibule),
      semicircular_canals: volume(parts.semicircular_canals),
      labyrinth: volume(labyrinth)
    },
    surfaces: {
      labyrinth: describeSurface(surfaces.labyrinth, topology.labyrinth),
      cochlea: describeSurface(surfaces.parts.cochlea, topology.parts.cochlea),
      vestibule: describeSurface(surfaces.parts.vestibule, topology.parts.vestibule),
      semicircular_canals: describeSurface(surfaces.parts.semicircular_canals, topology.parts.semicircular_canals)
    },
    directions: describeDirections(ear.directions),
    measurements: ear.measurements.map(describeMeasurement),
    ...(ear.duct && { duct: describeDuct(ear.duct) }),
    ...(ear.electrode && { electrode: describeElectrode(ear.electrode) }),
    ...(ear.before && { before: describeBefore(ear.before) }),
    ...(ear.implant && { implant: describeImplant(ear.implant) })
  }
}

function describeBefore({ source, residual, correlation, map }: EarBefore): NonNullable<EarResult['before']> {
  return {
    source,
    residual: rounded(residual, 3),
    correlation: rounded(correlation, 3),
    matrix: map.matrix.map((cosine) => rounded(cosine, 8)),
    offset: triple(map.offset, 4)
  }
}

function describeSurface(
  { triangles }: Mesh,
  { closed, shells, genus }: MeshTopology
): EarResult['surfaces']['labyrinth'] {
  return { triangles: triangles.length / 3, closed, shells, genus: genus ?? null }
}

function describeDirections({ modiolarAxis, canalNormals }: EarDirections): EarResult['directions'] {
  const unit = (direction: Vector3 | undefined): EarResult['directions']['modiolarAxis'] =>
    direction === undefined ? null : triple(direction, 5)
  return {
    modiolarAxis: unit(modiolarAxis),
    canalNormals: {
      superior: unit(canalNormals.superior),
      posterior: unit(canalNormals.posterior),
      lateral: unit(canalNormals.lateral)
    }
  }
}

function describeElectrode({ length, places }: PlannedElectrode): NonNullable<EarResult['electrode']> {
  const rows = places.map(({ depth, angle, frequency }) => ({
    depth: rounded(depth, 2),
    angle: rounded(angle, 1),
    frequency: rounded(frequency, 0)
  }))
  return { length, source: insertionSource, rows }
}

/** A measurement as a result holds it, rounded. */
export function describeMeasurement(measurement: Measurement): EarResult['measurements'][number] {
  const { value, uncertainty, inputs, reference } = measurement
  return {
    ...measurement,
    inputs: [...inputs],
    value: value === null ? null : rounded(value, 3),
    ...(value !== null && reference && { z: rounded((value - reference.mean) / reference.sd, 2) }),
    ...(uncertainty && {
      uncertainty: {
        ...uncertainty,
        sd: rounded(uncertainty.sd, 3),
        low: rounded(uncertainty.low, 3),
        high: rounded(uncertainty.high, 3)
      }
    })
  }
}

function describeLandmark({ landmarks }: MeasuredFinding, id: LandmarkId, scan: Geometry): LandmarkResult {
  const landmark = landmarks.find((candidate) => candidate.id === id)
  const confidence = rounded(landmark?.confidence ?? 0, 4)
  if (landmark?.status !== 'defined') return { status: 'undefined', confidence }
  const voxel = applyAffine(indexFromWorld(scan), landmark.position)
  const place = { status: 'defined', position: triple(landmark.position, 4), voxel: triple(voxel, 4) } as const
  return { ...place, confidence, ...(landmark.byHand && { byHand: true }) }
}
