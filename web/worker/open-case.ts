import { voxelCount } from '../../src/core/geometry/geometry.ts'
import { catalogue } from '../../src/electrode/catalogue.ts'
import { createResult } from '../../src/report/create-result.ts'
import { obliquePlanes } from '../../src/report/picture/oblique-planes.ts'
import type { Analysis } from './analysis-worker.ts'
import { type EarView, earView, encodeView, reordered } from './ear-view.ts'
import { answerOf, measure, type OpenedCase } from './opened-case.ts'
import { overviewOf } from './overview.ts'

/** A scan with what was found in it, measured and as the page shows it. */
export function openCase(opened: Omit<OpenedCase, 'views' | 'now' | 'electrodes' | 'result'>): {
  readonly case: OpenedCase
  readonly analysis: Omit<Analysis, 'log'>
} {
  const { scan, source, origin, model, found } = opened
  const measured = measure(opened, found, source, [])
  const result = createResult(measured, opened)
  const views = found.ears.map((ear) => earView(ear, scan.geometry))
  const ears = found.ears.map((ear, n) => {
    const view = views[n] as EarView
    return {
      side: ear.side,
      frame: ear.frame,
      grid: view.grid,
      image: encodeView(scan, view),
      labels: reordered(found.labels, view.grid, new Uint8Array(voxelCount(view.grid))),
      landmarks: ear.landmarks,
      implant: answerOf(measured.ears[n]),
      surfaces: ear.surfaces.parts,
      planes: obliquePlanes(ear)
    }
  })
  const attribute = (keyword: string): string | null => {
    const value = origin?.attributes[keyword]
    return typeof value === 'string' && value !== '' ? value : null
  }
  return {
    case: { scan, source, origin, model, found, views, now: found, electrodes: [], result },
    analysis: {
      result,
      ears,
      overview: overviewOf(scan),
      arrays: catalogue,
      frameOfReference: attribute('FrameOfReferenceUID'),
      patientId: attribute('PatientID')
    }
  }
}
