import { type Zippable, zipSync } from 'fflate'
import { applyAffine, indexFromIndex, voxelIndex } from '../../src/core/geometry/geometry.ts'
import type { Landmark } from '../../src/core/landmark.ts'
import type { Vector3 } from '../../src/core/math/vector.ts'
import { softwareVersion } from '../../src/core/version.ts'
import type { Scan } from '../../src/core/volume.ts'
import type { DicomOrigin } from '../../src/io/dicom/origin.ts'
import type { Files } from '../../src/io/files.ts'
import { encodeResult } from '../../src/report/files/result-files.ts'
import { encodeTrainingCase } from '../../src/report/files/training-case.ts'
import type { ReportContents } from '../../src/report/html/page.ts'
import type { Change, Entry, LabelChange } from '../corrections.ts'
import type { ExportOptions } from './analyst.ts'
import type { EarView } from './ear-view.ts'

/**
 * A result as one zip archive: `result/` as the command line writes it, `cases/NAME/` to train on, `corrections.json`.
 * @param origin of a scan from DICOM: `result/` then holds the result as DICOM objects too
 */
export async function exportFiles(
  contents: ReportContents,
  views: readonly EarView[],
  { name, log, trainingCase }: ExportOptions,
  origin?: DicomOrigin
): Promise<Uint8Array> {
  const { scan, findings } = contents
  const record = corrections(log, (side) => views[findings.ears.findIndex((ear) => ear.side === side)], scan)
  return zipSync({
    ...archived('result/', encodeResult(contents)),
    ...archived('result/', await dicomObjects(contents, origin)),
    ...(trainingCase && archived(`cases/${name}/`, encodeTrainingCase(scan, findings))),
    ...(log.length > 0 && archived('', { 'corrections.json': `${JSON.stringify(record)}\n` }))
  })
}

/** The writers are loaded when they are needed: most of what they stand on is a dictionary of DICOM. */
async function dicomObjects({ findings, result, created }: ReportContents, origin?: DicomOrigin): Promise<Files> {
  if (origin === undefined) return {}
  const [{ dicomFiles }, { missingUids }] = await Promise.all([
    import('../../src/clinic/dicom-files.ts'),
    import('../../src/clinic/dicom/modules.ts')
  ])
  if (missingUids(origin).length > 0) return {}
  return dicomFiles({ ears: findings.ears, report: result, origin, created })
}

function archived(folder: string, files: Files): Zippable {
  const encoder = new TextEncoder()
  return Object.fromEntries(
    Object.entries(files).map(([name, content]) => {
      const bytes = typeof content === 'string' ? encoder.encode(content) : content
      return [`${folder}${name}`, [bytes, { level: name.endsWith('.gz') ? 0 : 6 }] as const]
    })
  )
}

type ViewOf = (side: Change['side']) => EarView | undefined

/** Every change: what, when, from and to. Positions are LPS mm, voxels (i, j, k) of the scan. */
function corrections(log: readonly Entry[], viewOf: ViewOf, scan: Scan): object {
  return {
    format: 'otomark-corrections',
    version: 1,
    software: { name: 'otomark', version: softwareVersion },
    changes: log.map(({ at, action, change }) => ({
      at,
      action,
      ear: change.side,
      ...(change.what === 'landmark'
        ? { what: 'landmark', landmark: change.to.id, from: placeOf(change.from), to: placeOf(change.to) }
        : { what: 'labels', to: change.to, runs: runsOf(change, viewOf(change.side), scan) })
    }))
  }
}

function placeOf(landmark: Landmark): Vector3 | null {
  return landmark.status === 'defined' ? landmark.position : null
}

/** Painted voxels as runs along i that had one label. */
function runsOf({ voxels, from }: LabelChange, view: EarView | undefined, { geometry }: Scan): object[] {
  if (view === undefined) return []
  const toScan = indexFromIndex(view.grid, geometry)
  const painted = [...voxels].map((at, n) => {
    const place = applyAffine(toScan, voxelIndex(view.grid.size, at)).map(Math.round)
    return { place: place as [number, number, number], from: from[n] as number }
  })
  painted.sort(({ place: a }, { place: b }) => a[2] - b[2] || a[1] - b[1] || a[0] - b[0])
  const runs: { start: [number, number, number]; length: number; from: number }[] = []
  for (const { place, from: label } of painted) {
    const run = runs.at(-1)
    const follows =
      run?.from === label &&
      run.start[0] + run.length === place[0] &&
      run.start[1] === place[1] &&
      run.start[2] === place[2]
    if (run !== undefined && follows) run.length++
    else runs.push({ start: place, length: 1, from: label })
  }
  return runs
}
