import { dicomFiles } from '../../src/clinic/dicom-files.ts'
import type { ReportContents, ReportedElectrode } from '../../src/clinic/report/contents.ts'
import { parts } from '../../src/core/anatomy.ts'
import { cropGeometry, voxelCount } from '../../src/core/geometry/geometry.ts'
import type { Volume } from '../../src/core/volume.ts'
import type { DicomOrigin } from '../../src/io/dicom/origin.ts'
import { quantities } from '../../src/measure/catalogue.ts'
import { smallGrid } from '../support/small-scan.ts'

/** A box of labels within the small grid: a bar of each part. */
export function smallLabels(start: [number, number, number] = [3, 4, 5]): Volume<Uint8Array> {
  const geometry = cropGeometry(smallGrid, start, [6, 5, 4])
  const data = new Uint8Array(voxelCount(geometry))
  for (const [n, { label }] of parts.entries()) {
    for (let k = 0; k <= n; k++) data[1 + 6 * (n + 1) + 30 * k] = label
    data[3 + 6 * n + 30] = label
  }
  return { geometry, data }
}

/** Of three contacts: one that was found, one that a person placed, one outside the cochlea. */
export const smallElectrode: ReportedElectrode = {
  status: 'found',
  array: { maker: 'Cochlear', model: 'Slim Modiolar' },
  given: false,
  alternatives: [{ maker: 'Cochlear', model: 'Contour Advance' }],
  score: 0.812,
  contacts: [
    {
      order: 1,
      number: 22,
      position: [1.2345, -2, 3],
      confidence: 0.75,
      inside: { angle: 371.2, depth: 17.78, frequency: 901 }
    },
    {
      order: 2,
      number: 21,
      position: [1, -2.5, 3],
      confidence: 1,
      byHand: true,
      inside: { angle: 340, depth: 16.9, frequency: 1203 }
    },
    { order: 3, number: 20, position: [4, -9, 2], confidence: 0.3 }
  ]
}

export const smallReport: ReportContents = {
  notice: 'Research software.',
  model: {
    detector: { name: 'detector', sha256: 'a'.repeat(64) },
    segmenter: { name: 'segmenter', sha256: 'b'.repeat(64) }
  },
  ears: (['right', 'left'] as const).map((side, ear) => ({
    side,
    sideConfidence: 0.9991,
    landmarks: {
      helicotrema: { status: 'defined', position: [-38.2141, 100 + ear, 4.1733], confidence: 0.93 },
      oval_window: { status: 'defined', position: [-37.5, -11.9426, 3.25], confidence: 0.5 },
      round_window:
        ear === 0
          ? { status: 'undefined', confidence: 0.1 }
          : { status: 'defined', position: [1, 2, 3], confidence: 1, byHand: true }
    },
    measurements: quantities.map(({ id, unit, source }, n) => ({
      id,
      unit,
      source,
      value: n === 3 ? null : n + 0.123456,
      ...(n % 2 === 0 && { uncertainty: { low: n, high: n + 0.5 } })
    })),
    ...(ear === 1 && { implant: smallElectrode })
  })),
  flags: [
    { id: 'metal', severity: 'warning', side: 'left', text: 'metal' },
    { id: 'input', severity: 'note', text: 'a remark' }
  ]
}

/** UIDs in the order they are asked for. */
export function countedUids(): () => string {
  let count = 0
  return () => `2.25.${++count}`
}

/** The DICOM files of the small result. */
export function smallFiles(origin: DicomOrigin, newUid: () => string = countedUids()): ReturnType<typeof dicomFiles> {
  return dicomFiles({
    ears: [
      { side: 'right', labels: smallLabels() },
      { side: 'left', isPainted: true, labels: smallLabels([9, 10, 11]) }
    ],
    report: smallReport,
    origin,
    created: new Date('2026-01-02T23:04:05Z'),
    pdf: new TextEncoder().encode('%PDF-1.7'),
    newUid
  })
}
