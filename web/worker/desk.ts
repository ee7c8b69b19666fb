import { analyze } from '../../src/analyze/analyze.ts'
import { correctEar, withSurfaces } from '../../src/analyze/correct.ts'
import { assertEarFound } from '../../src/analyze/detect/limits.ts'
import type { EarFinding, Findings } from '../../src/analyze/findings.ts'
import type { Model } from '../../src/analyze/model.ts'
import { closeModel } from '../../src/analyze/open-model.ts'
import { pasteLabels } from '../../src/analyze/segment/labels-on-scan.ts'
import { voxelCount } from '../../src/core/geometry/geometry.ts'
import { add, cross, scale } from '../../src/core/math/vector.ts'
import { createVolume, type Scan } from '../../src/core/volume.ts'
import type { DicomOrigin } from '../../src/io/dicom/origin.ts'
import { SeveralSeriesError } from '../../src/io/dicom/series.ts'
import type { LoadedScan, ScanSource } from '../../src/io/scan-source.ts'
import { measureEar } from '../../src/measure/measure-ear.ts'
import { measureFindings } from '../../src/measure/measure-findings.ts'
import { createResult, describeMeasurement } from '../../src/report/create-result.ts'
import { sliceFigure } from '../../src/report/html/figure.ts'
import { obliquePlanes } from '../../src/report/picture/oblique-planes.ts'
import type { AnalysisResult } from '../../src/report/result.ts'
import type { Entry } from '../corrections.ts'
import type {
  Analysis,
  AnalysisListener,
  AnalysisRequest,
  Analyst,
  Conclusion,
  EarEdit,
  ExportOptions,
  QuickMeasurements
} from './analyst.ts'
import { type EarView, earView, encodeView, reordered } from './ear-view.ts'
import { exportFiles } from './export-files.ts'
import { openPageModel } from './open-model.ts'
import { previewOf } from './preview.ts'
import { readFiles } from './read-files.ts'

const obliquePixels = 320

/** All that is known of the one scan on the desk. */
interface Case {
  readonly scan: Scan
  readonly source: ScanSource
  readonly origin: DicomOrigin | undefined
  readonly model: Model
  readonly found: Findings
  readonly views: readonly EarView[]
  /** As a person left it. */
  now: Findings
  result: AnalysisResult
}

/** The worker's side: reads, analyses, measures and writes, with the code of the command line. */
export class Desk implements Analyst {
  #case: Case | undefined

  async analyze(request: AnalysisRequest, listener: AnalysisListener): Promise<Analysis> {
    const { progress, preview } = listener
    progress({ stage: 'reading the scan', done: 0, total: 1 })
    const { scan, source, origin } = await readChosen(request, listener)
    preview(previewOf(scan))
    progress({ stage: 'opening the model', done: 0, total: 1 })
    const { model, runtime } = await openPageModel(request.engine, request.base)
    const found = await analyze(scan, model, { progress }).finally(() => closeModel(model))
    assertEarFound(found)
    progress({ stage: 'measuring', done: 0, total: 1 })
    const result = describe(found, scan, source, model)
    const views = found.ears.map((ear) => earView(ear, scan.geometry))
    this.#case = { scan, source, origin, model, found, views, now: found, result }
    const ears = found.ears.map((ear, n) => {
      const view = views[n] as EarView
      return {
        side: ear.side,
        grid: view.grid,
        image: encodeView(scan, view),
        labels: reordered(found.labels, view.grid, new Uint8Array(voxelCount(view.grid))),
        landmarks: ear.landmarks,
        surfaces: ear.surfaces.parts,
        planes: obliquePlanes(ear).map(({ name }) => name)
      }
    })
    return { result, runtime, ears }
  }

  async measure(edits: readonly EarEdit[]): Promise<readonly QuickMeasurements[]> {
    const { found, views } = this.#opened()
    return found.ears.map((ear, n) => {
      const once = { ...ear, repeats: [] }
      const measurements = measureEar(corrected(once, edits[n], views[n])).map(describeMeasurement)
      return Object.fromEntries(measurements.map(({ id, value }) => [id, value]))
    })
  }

  async conclude(edits: readonly EarEdit[], log: readonly Entry[]): Promise<Conclusion> {
    const opened = this.#opened()
    const { found, views, scan, source, model } = opened
    const ears: EarFinding[] = []
    for (const [n, ear] of found.ears.entries()) {
      const now = corrected(ear, edits[n], views[n])
      ears.push(now.occupancy === ear.occupancy ? now : await withSurfaces(now, scan.geometry))
    }
    const labels = createVolume(scan.geometry, new Uint8Array(voxelCount(scan.geometry)))
    for (const ear of ears) pasteLabels(labels, ear.labels)
    opened.now = { ...found, ears, labels }
    opened.result = describe(opened.now, scan, withCorrections(source, log), model)
    return { result: opened.result, surfaces: ears.map(({ surfaces }) => surfaces.parts) }
  }

  async oblique(at: number, shift: number): Promise<readonly string[]> {
    const { now, scan } = this.#opened()
    const ear = now.ears[at]
    if (ear === undefined) return []
    return obliquePlanes(ear).map(({ name, plane }) => {
      const center = add(plane.center, scale(cross(plane.across, plane.down), shift))
      return sliceFigure(scan, ear, { ...plane, center }, name, obliquePixels)
    })
  }

  async export(options: ExportOptions): Promise<Uint8Array> {
    const { scan, now, result, views, origin } = this.#opened()
    return exportFiles({ scan, findings: now, result, created: new Date() }, views, options, origin)
  }

  #opened(): Case {
    if (this.#case === undefined) throw new Error('no scan was analysed')
    return this.#case
  }
}

/** Reads the scan; of several series the one a person chooses. */
async function readChosen({ files, base }: AnalysisRequest, { choose }: AnalysisListener): Promise<LoadedScan> {
  try {
    return await readFiles(files, base)
  } catch (error) {
    if (!(error instanceof SeveralSeriesError)) throw error
    return readFiles(files, base, await choose(error.choices))
  }
}

function describe(findings: Findings, scan: Scan, source: ScanSource, model: Model): AnalysisResult {
  return createResult(measureFindings(findings, { scan, source }), { source, model })
}

function corrected(ear: EarFinding, edit: EarEdit | undefined, view: EarView | undefined): EarFinding {
  if (edit === undefined || view === undefined) return ear
  const { box, grid } = view
  const { labels, landmarks } = edit
  if (labels === undefined) return correctEar(ear, { landmarks, labels: ear.labels })
  const data = reordered({ geometry: grid, data: labels }, box, new Uint8Array(labels.length))
  return correctEar(ear, { landmarks, labels: { geometry: box, data } })
}

/** What a reader of the result should know of corrections. */
function withCorrections(source: ScanSource, log: readonly Entry[]): ScanSource {
  if (log.length === 0) return source
  const landmarks = new Set(
    log.flatMap(({ change }) => (change.what === 'landmark' ? [`${change.side} ${change.to.id}`] : []))
  )
  const strokes = log.filter(({ change }) => change.what === 'labels').length
  const counts = [
    counted(landmarks.size, 'landmark', 'landmarks'),
    counted(strokes, 'change of labels', 'changes of labels')
  ]
  const note = `corrected by hand: ${counts.filter(Boolean).join(', ')}; corrections.json has each`
  return { ...source, notes: [...source.notes, note] }
}

function counted(count: number, one: string, several: string): string {
  return count === 0 ? '' : `${count} ${count === 1 ? one : several}`
}
