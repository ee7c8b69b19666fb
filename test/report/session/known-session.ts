import { voxelCount } from '../../../src/core/geometry/geometry.ts'
import { createVolume } from '../../../src/core/volume.ts'
import type { Session } from '../../../src/report/session/session.ts'
import { geometry, knownEar, model, source } from '../known-findings.ts'

/** The ear of the session. */
export const ear = knownEar('left')

/** A session with an ear seen twice, its oval window moved and one voxel of its vestibule erased. */
export function knownSession(): Session {
  const landmarks = ear.landmarks.map((landmark) =>
    landmark.id === 'oval_window'
      ? ({ id: landmark.id, status: 'defined', position: [7, 16, -28], confidence: 1, byHand: true } as const)
      : landmark
  )
  const labels = { geometry: ear.labels.geometry, data: Uint8Array.of(1, 1, 1, 1, 2, 0, 3, 0) }
  return {
    name: 'head.nii.gz',
    scan: createVolume(geometry, new Int16Array(voxelCount(geometry)).fill(700)),
    source,
    model,
    found: { ears: [{ ...ear, repeats: [ear] }], timings: [{ stage: 'detect', seconds: 1 }] },
    corrected: [{ landmarks, labels }],
    note: 'corrected by hand: 1 landmark',
    log: [{ voxels: Uint32Array.of(5), from: Uint8Array.of(2) }],
    record: { format: 'otomark-corrections' }
  }
}
