import type { EarFinding, Findings } from '../../src/analyze/findings.ts'
import type { Model } from '../../src/analyze/model.ts'
import { occupancyOfLabels } from '../../src/analyze/segment/occupancy.ts'
import { landmarkKinds, type Side } from '../../src/core/anatomy.ts'
import { cropGeometry, geometryAround, voxelCount } from '../../src/core/geometry/geometry.ts'
import type { Vector3 } from '../../src/core/math/vector.ts'
import type { Mesh } from '../../src/core/mesh/mesh.ts'
import { createVolume } from '../../src/core/volume.ts'
import type { ScanSource } from '../../src/io/scan-source.ts'
import { type MeasuredFindings, measureFindings } from '../../src/measure/measure-findings.ts'
import type { Flag } from '../../src/measure/plausibility/flag.ts'
import { createResult } from '../../src/report/create-result.ts'
import type { AnalysisResult } from '../../src/report/result.ts'
import { groundTruthModel, uprightFrame } from '../analyze/analytic-network.ts'
import { knownCalibration } from '../support/known-calibration.ts'

/** A scan whose index axes run against LPS x and y, voxel (0, 0, 0) at (10, 20, −30). */
export const geometry = {
  ...geometryAround([0, 0, 0], [40, 40, 30], [0.5, 0.5, 1], [-1, 0, 0, 0, -1, 0, 0, 0, 1]),
  origin: [10, 20, -30] as const
}

export const source: ScanSource = { path: 'scans/head.nii.gz', format: 'nifti', notes: [] }
export const model: Model = groundTruthModel([])

const nothing: Mesh = { vertices: new Float64Array(0), triangles: new Uint32Array(0) }

/** An ear whose helicotrema lies in the middle between voxels (4, 6, 2) and (4, 6, 3), its round window unknown. */
export function knownEar(side: Side): EarFinding {
  const box = cropGeometry(geometry, [2, 2, 2], [2, 2, 2])
  const labels = { geometry: box, data: Uint8Array.of(1, 1, 1, 1, 2, 2, 3, 0) }
  const places: readonly (Vector3 | undefined)[] = [[8, 17, -27.5], [7.125, 16, -28], undefined]
  return {
    side,
    sideConfidence: 0.98765,
    frame: uprightFrame(side, [9, 18, -28]),
    residual: 0.4321,
    score: 0.9,
    surfaces: { labyrinth: nothing, parts: { cochlea: nothing, vestibule: nothing, semicircular_canals: nothing } },
    labels,
    occupancy: occupancyOfLabels(labels),
    voxelEdge: 1,
    calibration: knownCalibration,
    repeats: [],
    landmarks: landmarkKinds.map(({ id }, n) => {
      const position = places[n]
      return position === undefined
        ? { id, status: 'undefined', confidence: 0.05 }
        : { id, status: 'defined', position, confidence: 0.9 }
    })
  }
}

/** With no doubts. */
export function measured(findings: Findings): MeasuredFindings {
  const scan = createVolume(findings.labels.geometry, new Int16Array(voxelCount(findings.labels.geometry)))
  return { ...measureFindings(findings, { scan, source }), flags: [] }
}

export function knownResult(sides: readonly Side[]): AnalysisResult {
  const findings: Findings = {
    labels: { geometry, data: new Uint8Array(40 * 40 * 30) },
    ears: sides.map(knownEar),
    timings: [{ stage: 'detect', seconds: 1.2345 }]
  }
  const flags: Flag[] = sides.map((side) => ({
    id: 'missing_landmark',
    severity: 'warning',
    side,
    text: `The round window of the ${side} ear was not found.`,
    evidence: {}
  }))
  return createResult({ ...measured(findings), flags }, { source, model })
}
